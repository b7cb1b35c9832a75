#!/bin/sh
# Sees to it that Chromium, Firefox, nginx, PostgreSQL, ffmpeg and Dovecot are on this machine: installs them from Debian where that is allowed, else says how.
set -eu

missing=
command -v chromium >/dev/null || missing="$missing chromium"
command -v postgres >/dev/null || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$missing postgresql"
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
command -v firefox-esr >/dev/null || missing="$missing firefox-esr"
command -v ffmpeg >/dev/null || missing="$missing ffmpeg"
command -v dovecot >/dev/null || [ -x /usr/sbin/dovecot ] || missing="$missing dovecot-imapd"
command -v setpriv >/dev/null || missing="$missing util-linux"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root="sudo -n"
else
  as_root=no
fi
if [ "$as_root" = no ] || ! command -v apt-get >/dev/null; then
  echo "The tests need$missing. On Debian: apt-get install$missing" >&2
  exit 1
fi

echo "Installing what the tests need from Debian:$missing ..."
apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --option Acquire::Retries=3 --option DPkg::Lock::Timeout=300"
$apt update
# shellcheck disable=SC2086 # one word per package
$apt install --yes --no-install-recommends $missing >/dev/null
