"""What a player shows, as a window's page tells it."""

from dataclasses import dataclass

SHOWN = """(() => {
  const player = document.querySelector('#player [slot="media"]');
  if (!player) return null;
  return {time: player.currentTime, paused: player.paused, seeking: player.seeking, muted: player.muted,
          at: performance.timeOrigin + performance.now()};
})()"""


@dataclass
class Film:
    """What a window shows: position in seconds at `at` (ms of the machine's clock)."""

    time: float
    paused: bool
    seeking: bool
    muted: bool
    at: float
