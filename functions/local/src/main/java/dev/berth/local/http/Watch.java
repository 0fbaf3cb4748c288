package dev.berth.local.http;

import dev.berth.local.http.Settings.Limits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks at a connection now and then, so that no timer has to be set and cancelled for each
 * request: a limit is noticed up to a quarter of the shortest one late, and never more than a
 * second.
 */
final class Watch {

  private final Limits limits;
  private Future<?> checks;
  private long deadline;
  private long pendingBytes;
  private long progress;

  Watch(Limits limits) {
    this.limits = limits;
  }

  void start(ChannelHandlerContext context, Runnable check) {
    long shortest =
        Stream.of(limits.header(), limits.idle(), limits.write(), limits.linger())
            .mapToLong(Duration::toNanos)
            .min()
            .orElseThrow();
    long period = Math.clamp(shortest / 4, 1_000_000, 1_000_000_000);
    checks = context.executor().scheduleWithFixedDelay(check, period, period, TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (checks != null) {
      checks.cancel(false);
    }
  }

  void until(Duration limit) {
    deadline = System.nanoTime() + limit.toNanos();
  }

  boolean isOver() {
    return System.nanoTime() - deadline > 0;
  }

  /** Watches that the client takes what is sent. */
  void output() {
    pendingBytes = -1;
    until(limits.write());
  }

  /** Whether the socket has taken nothing for as long as is allowed. */
  boolean outputIsStuck(ChannelHandlerContext context) {
    var buffer = context.channel().unsafe().outboundBuffer();
    if (buffer == null) {
      return false;
    }
    long pending = buffer.totalPendingWriteBytes();
    if (pending != pendingBytes || buffer.currentProgress() != progress) {
      pendingBytes = pending;
      progress = buffer.currentProgress();
      until(limits.write());
    }
    return isOver();
  }
}
