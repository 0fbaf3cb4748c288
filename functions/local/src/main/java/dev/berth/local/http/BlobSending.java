package dev.berth.local.http;

import dev.berth.local.http.BlobSource.Reading;
import dev.berth.local.http.BlobSource.Region;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.Optional;

/** Sends the regions of a blob, each when the one before it has left. */
final class BlobSending {

  /** What one read takes of a file that is sent encrypted. */
  private static final int CHUNK = 64 * 1024;

  private final ChannelHandlerContext context;
  private final Reading blob;
  private final ChannelPromise sent;
  private final boolean secure;

  /**
   * @param blob closed by this, however the sending ends
   */
  BlobSending(ChannelHandlerContext context, Reading blob) {
    this.context = context;
    this.blob = blob;
    this.sent = context.newPromise();
    this.secure = context.pipeline().get(SslHandler.class) != null;
  }

  /** To be called on the event loop. The future is done when the client's socket took it all. */
  ChannelFuture start() {
    sent.addListener(ended -> blob.close());
    sendNext();
    return sent;
  }

  private void sendNext() {
    try {
      Optional<Region> region = blob.next();
      if (region.isPresent()) {
        context.writeAndFlush(content(region.get())).addListener(this::sendAfter);
      } else {
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, sent);
      }
    } catch (IOException | RuntimeException e) {
      sent.setFailure(e);
    }
  }

  private void sendAfter(Future<?> before) {
    if (before.isSuccess()) {
      sendNext();
    } else {
      sent.setFailure(before.cause());
    }
  }

  private Object content(Region region) throws IOException {
    return secure
        ? new ChunkedNioFile(region.file(), region.position(), region.count(), CHUNK)
        : new DefaultFileRegion(region.file(), region.position(), region.count());
  }
}
