"""What the scripts of the room say: their keys, and the message ids that are translated for the page."""

from parley.ground.words import N_, catalogue, translate

Words = dict[str, str | list[str]]

_WORDS = {
    # the preview
    "preview-asking": N_("Your browser may now ask for camera and microphone."),
    "preview-camera-off": N_("Your camera is off."),
    "preview-no-camera": N_("No camera. You can join all the same."),
    "microphone-switch-on": N_("Switch the microphone on"),
    "microphone-switch-off": N_("Switch the microphone off"),
    "camera-switch-on": N_("Switch the camera on"),
    "camera-switch-off": N_("Switch the camera off"),
    "microphone-number": N_("Microphone %(number)s"),
    "camera-number": N_("Camera %(number)s"),
    "speaker-number": N_("Speaker %(number)s"),
    "no-microphone": N_("No microphone"),
    "no-camera": N_("No camera"),
    "no-speaker": N_("Default speaker"),
    # when a device is not there: what, and how to mend it
    "trouble-insecure-both": N_("Over this address the browser gives no camera and no microphone."),
    "trouble-unsupported-both": N_("This browser gives no camera and no microphone."),
    "trouble-refused-both": N_("Camera and microphone are blocked for this page."),
    "trouble-refused-camera": N_("The camera is blocked for this page."),
    "trouble-refused-microphone": N_("The microphone is blocked for this page."),
    "trouble-missing-both": N_("No camera and no microphone were found."),
    "trouble-missing-camera": N_("No camera was found."),
    "trouble-missing-microphone": N_("No microphone was found."),
    "trouble-busy-both": N_("Camera and microphone do not answer."),
    "trouble-busy-camera": N_("The camera does not answer."),
    "trouble-busy-microphone": N_("The microphone does not answer."),
    "trouble-failed-both": N_("Camera and microphone cannot be used."),
    "trouble-failed-camera": N_("The camera cannot be used."),
    "trouble-failed-microphone": N_("The microphone cannot be used."),
    "mend-insecure": N_(
        "They need https. Whoever runs this server can set a certificate; on that computer itself, %(address)s works. "
        "You can join now to read, write and watch."
    ),
    "mend-unsupported": N_("Another browser may. You can join now to read, write and watch."),
    "mend-refused": N_("Allow them beside the address of this page, then try again. You can also join without."),
    "mend-missing": N_("Plug one in, and it is used at once. You can also join without."),
    "mend-busy": N_("Perhaps another program uses them: close it, then try again. You can also join without."),
    "mend-failed": N_("Try again, or choose another device. You can also join without."),
    # the join form
    "name-missing": N_("Please say who you are."),
    "password-missing": N_("This meeting asks for a password."),
    "waiting-planned": N_("The meeting has not started yet"),
    "waiting-planned-words": N_("You can stay here: this page lets you in by itself as soon as it starts."),
    "waiting-ended": N_("The meeting has ended"),
    "waiting-over": N_("The meeting is over"),
    "waiting-ended-words": N_("Should it start again while you are here, this page lets you in by itself."),
    "waiting-over-words": N_("Should it start again while you are here, this page lets you in by itself."),
    "waiting-cancelled": N_("This meeting was cancelled"),
    "waiting-cancelled-words": N_("Please ask the host whether there is another one."),
    "ended-today": N_("It ended at %(time)s."),
    "ended-on": N_("It ended on %(day)s at %(time)s."),
    "own-time": N_("In your time zone: %(time)s"),
    "own-day-and-time": N_("In your time zone: %(day)s, %(time)s"),
    "start-and-join": N_("Start and join"),
    "join": N_("Join"),
    "join-failed": N_("That did not work. Please try again."),
    "join-unreachable": N_("The server cannot be reached. Please check your connection and try again."),
    # in the room
    "you": N_("%(name)s (you)"),
    "count-of": N_("%(count)s of %(most)s"),
    "guest": N_("Guest"),
    "role-host": N_("Host"),
    "role-cohost": N_("Co-host"),
    "mute": N_("Mute"),
    "unmute": N_("Unmute"),
    "share": N_("Share"),
    "stop": N_("Stop"),
    "sharing": N_("Everyone sees your screen."),
    "stop-sharing": N_("Stop sharing"),
    "share-failed": N_("The screen cannot be shared. Your system may have to allow it for this browser."),
    "screen-of": N_("Screen of %(name)s"),
    "copy-link": N_("Copy link"),
    "copied": N_("Copied"),
    "not-copied": N_("Not copied"),
    "acts-on-person": N_("Options for %(name)s"),
    "pin": N_("Show large to me"),
    "unpin": N_("No longer large to me"),
    "spotlight": N_("Show large to all"),
    "spotlight-end": N_("No longer large to all"),
    "remove-person": N_("Remove %(name)s"),
    "person-away": N_("connection lost"),
    "muted-by": N_("%(name)s muted you."),
    "muted-by-nobody": N_("You were muted."),
    "not-allowed": N_("Only the host may do this."),
    "tile-away": N_("Connection lost, waiting"),
    "tile-mending": N_("Reconnecting"),
    "alone-yet": N_("Nobody else is here yet"),
    "alone-now": N_("Nobody else is here now"),
    "line-connecting": N_("Connecting"),
    "line-lost": N_("The connection is lost. It is made again by itself."),
    "line-back": N_("You are connected again."),
    "sound-blocked": N_("Your browser holds the sound back."),
    "sound-play": N_("Play the sound"),
    "news-joined": N_("%(name)s joined"),
    "news-left": N_("%(name)s left"),
    "news-dropped": N_("%(name)s lost the connection"),
    "news-removed": N_("%(name)s was removed"),
    "news-away": N_("%(name)s lost the connection"),
    "news-back": N_("%(name)s is back"),
    "news-hand": N_("%(name)s raises a hand"),
    "news-sharing": N_("%(name)s shares a screen"),
    "news-stopped-sharing": N_("%(name)s stopped sharing"),
    "news-said": N_("%(name)s: %(text)s"),
    "news-said-to-you": N_("%(name)s, to you alone: %(text)s"),
    "news-spotlight": N_("%(name)s is shown large to everyone"),
    "everyone": N_("Everyone"),
    "write-to-all": N_("Write to everyone"),
    "write-to": N_("Write to %(name)s alone"),
    "said-to-you": N_("to you alone"),
    "said-to": N_("to %(name)s alone"),
    "said-to-one": N_("to one person alone"),
    "person-left": N_("%(name)s (not here)"),
    "chat-gone": N_("This person is not here any more. Please choose who should read it."),
    "chat-too-long": N_("A message has at most %(limit)s characters."),
    "chat-refused": N_("This message cannot be sent."),
    # after the room
    "closing-left": N_("You left the meeting"),
    "closing-left-words": N_("It may still go on. You can come back as long as it does."),
    "closing-ended": N_("The meeting has ended"),
    "closing-ended-words": N_("Thank you for being there."),
    "closing-removed": N_("You were removed from the meeting"),
    "closing-removed-words": N_("The host has taken you out of “%(title)s”."),
    "closing-seat-taken": N_("You are in this meeting in another window"),
    "closing-seat-taken-words": N_("It goes on there. To have it here instead, join again."),
    "closing-seat-unknown": N_("Your seat is no longer kept"),
    "closing-seat-unknown-words": N_("You were away for too long, or the meeting is over. Join again to see."),
    "closing-full": N_("The room is full"),
    "closing-full-words": N_("%(limit)s people are in it, and it holds no more. Try again when somebody has left."),
    "closing-suspended": N_("Your account was suspended"),
    "closing-suspended-words": N_("Please ask an administrator of your organization."),
    "closing-version": N_("This page is out of date"),
    "closing-version-words": N_("The server was updated. Join again to load the new page."),
    "closing-lost": N_("The connection has ended"),
    "closing-lost-words": N_("Something went wrong between this page and the server. Please join again."),
}


def ngettext(one: str, more: str) -> tuple[str, str]:
    """Mark two forms of a message for translation and return them unchanged."""
    return one, more


_COUNTED = {
    "unread": ngettext("%(count)s unread message", "%(count)s unread messages"),
    "here": ngettext("%(count)s person is here", "%(count)s people are here"),
    "hands": ngettext("%(count)s hand raised", "%(count)s hands raised"),
}
"""Words with a form for one and a form for more."""


def words(language: str) -> Words:
    """Return everything that the scripts may say, in the language, parameters left open."""
    plain: Words = {key: translate(language, message) for key, message in _WORDS.items()}
    count = catalogue(language).ngettext
    return plain | {key: [count(*forms, 1), count(*forms, 2)] for key, forms in _COUNTED.items()}
