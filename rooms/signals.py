"""What rooms does when accounts tells that something happened."""

from rooms import broadcast


async def close_sockets(sender, family: str, **kwargs) -> None:
    """Close the sockets of a device that was logged out."""
    await broadcast.publish_family_ended(family)
