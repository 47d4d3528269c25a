"""redis-py's client for a cluster, which also after a pipeline asks anew where everything is."""

from redis.asyncio.cluster import ClusterPipeline, RedisCluster
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

LOST = (RedisConnectionError, RedisTimeoutError)


class Cluster(RedisCluster):
    """After a command that found nobody redis-py asks the other nodes who has taken over, before the next command.

    After a pipeline it does so only where it may send it again, which here it may not: a process that sends nothing
    but pipelines, as for a room where people only watch, would ask a dead node for ever.
    """

    _silent: str | None = None  # the node that was the last not to answer: it is asked last who serves what

    async def initialize(self, additional_startup_nodes_info=None, last_failed_node_name=None) -> "Cluster":
        """Find out who serves what, if that is not known."""
        return await super().initialize(additional_startup_nodes_info, last_failed_node_name or self._silent)

    async def execute_command(self, *args, **kwargs):
        """Run one command, once; redirections are followed, since nothing was done then."""
        try:
            return await super().execute_command(*args, **kwargs)
        except LOST as error:
            self._silent = getattr(error, "last_failed_node_name", self._silent)
            raise

    def pipeline(self, transaction: bool | None = None, shard_hint=None) -> "Pipeline":
        """Commands that go in one round trip to each node, each for itself."""
        return Pipeline(self, transaction)

    def look_again(self) -> None:
        """Ask who serves what before the next command; what is under way is not disturbed, as `aclose` would."""
        self._initialize = True


class Pipeline(ClusterPipeline):
    """A pipeline that notices a node that is gone."""

    async def execute(self, raise_on_error: bool = True, allow_redirections: bool = True) -> list:
        """Run it once; returns the replies, with errors among them where they are not to be raised."""
        try:
            replies = await super().execute(raise_on_error, allow_redirections)
        except LOST:
            self.cluster_client.look_again()
            raise
        if any(isinstance(reply, LOST) for reply in replies):
            self.cluster_client.look_again()
        return replies
