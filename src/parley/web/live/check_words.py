"""What the scripts of the connection test say, beside the words that they share with the room."""

from parley.ground.words import N_

CHECK = {
    "check-running": N_("being tested"),
    "check-good": N_("works"),
    "check-warn": N_("works with limits"),
    "check-bad": N_("does not work"),
    "check-skipped": N_("not tested"),
    "browser-good": N_("This browser can take part in meetings and share a screen."),
    "browser-no-screen": N_(
        "This browser can take part in meetings. It cannot share a screen; on a phone that is usual."
    ),
    "browser-bad": N_("This browser cannot take part in meetings. Use a newer one: Firefox, Chrome, Edge or Safari."),
    "browser-insecure": N_(
        "Over this address the browser gives no camera and no microphone: they need https. Whoever runs this server "
        "can set a certificate."
    ),
    "microphone-good": N_("“%(name)s” hears you."),
    "microphone-silent": N_(
        "“%(name)s” hears nothing. Say something; if the bars stay dark, choose another one below."
    ),
    "camera-good": N_("“%(name)s” sends a picture of %(width)s by %(height)s points."),
    "speaker-ask": N_("Press “Play a sound”. If you hear nothing, choose another speaker, or make it louder."),
    "speaker-played": N_("A sound was played. If you heard nothing, choose another speaker, or make it louder."),
    "speaker-bad": N_("The browser did not play the sound. Look whether sound is switched off for this page."),
    "server-good": N_("The connection to the server opened in %(value)s ms."),
    "server-slow": N_("The connection to the server opened, but took %(value)s ms. Others may seem to answer late."),
    "server-bad": N_(
        "The page loads, but the lasting connection (WebSocket) does not open. A proxy or firewall between you and the "
        "server holds it back: ask whoever runs your network to let it through."
    ),
    "media-good": N_("Sound and picture can flow between browsers."),
    "media-bad": N_(
        "Two ends in this very browser cannot connect. An extension or a policy switches WebRTC off: allow it, or use "
        "another browser."
    ),
    "paths-good": N_("Your network lets others reach you directly."),
    "paths-none": N_(
        "Your address from outside could not be found. In the same network meetings work; from elsewhere they may need "
        "a relay."
    ),
    "paths-unset": N_("This server names no STUN server. Meetings work where browsers reach each other directly."),
    "relay-good": N_("Where no direct way is open, the relay carries the meeting."),
    "relay-bad": N_(
        "The relay does not answer. Where no direct way is open, meetings will not connect: ask whoever runs your "
        "network to let TURN through."
    ),
    "relay-unset": N_("This server has no relay. From strict networks meetings may not connect."),
    "relay-withheld": N_("The relay is tested for people with an account only: sign in first."),
    "speed-good": N_("Some %(down)s Mbit/s come from the server: enough for six people with pictures."),
    "speed-fair": N_("Some %(down)s Mbit/s come from the server: enough for a few people with pictures."),
    "speed-bad": N_(
        "Only some %(down)s Mbit/s come from the server. Choose “Sound only” in the meeting, or another network."
    ),
    "speed-relay": N_("Through the relay it is some %(up)s Mbit/s."),
    "speed-unknown": N_("The speed could not be measured."),
    "check-again": N_("Test again"),
    "check-all-good": N_("Everything is ready for a meeting."),
    "check-some-warn": N_("You can take part. Below stands what could be better."),
    "check-some-bad": N_("Something stands in the way. Below stands what to do about it."),
}
