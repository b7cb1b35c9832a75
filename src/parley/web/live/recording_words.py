"""What the scripts of the room say about recording and about files."""

from parley.ground.words import N_

RECORDING = {
    "recording-start": N_("Start recording"),
    "recording-stop": N_("Stop recording"),
    "recording-asks": N_(
        "%(name)s records pictures, voices and shared screens. The recording is kept with the record of the meeting, "
        "and so is what you answer."
    ),
    "recording-announced": N_("This meeting is being recorded"),
    "recording-stopped": N_("The meeting is not recorded any more."),
    "recording-failed-to-start": N_("The recording could not be started. Please try again."),
    "recording-silent": N_("The recording has no sound until you press something on this page."),
    "recording-hear": N_("Record the sound"),
    "recording-sending": N_("The recording is being sent. This page can stay open meanwhile."),
    "recording-verifying": N_("The recording is being checked."),
    "recording-ready": N_("The recording is ready. It stands with the record of the meeting."),
    "recording-failed": N_("The recording could not be put together. Its page says why, and offers another try."),
    "recording-away": N_(
        "The server cannot be reached. The recording is kept in this browser and sent as soon as it can be."
    ),
    "file-shared": N_("%(name)s shares “%(file)s”"),
    "file-to-all": N_("Files go to everyone. To share one, write to everyone."),
    "file-too-large": N_("“%(name)s” is too large: a file has at most %(limit)s MB."),
    "file-failed": N_("“%(name)s” could not be sent. Please try again."),
    "file-not-there": N_("“%(name)s” is not there any more."),
    "recording-full": N_(
        "The disk of the server is full. The recording is kept in this browser and sent as soon as there is room."
    ),
}
