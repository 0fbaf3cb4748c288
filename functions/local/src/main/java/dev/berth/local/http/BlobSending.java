package dev.berth.local.http;

import dev.berth.local.http.BlobSource.Reading;
import dev.berth.local.http.BlobSource.Region;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.util.concurrent.Future;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** Sends the regions of a blob, each when the one before it has left. */
final class BlobSending {

  /** What one read takes of a file that is sent encrypted. */
  private static final int CHUNK = 64 * 1024;

  /** What one read takes of a region that is no file: a segment of an encrypted one. */
  private static final int COPIED_AT_ONCE = 128 * 1024;

  private static final System.Logger LOG = System.getLogger(BlobSending.class.getName());

  private final ChannelHandlerContext context;
  private final Reading blob;
  private final ChannelPromise sent;
  private final boolean secure;
  private Optional<Copying> copying = Optional.empty();

  /**
   * A region that is being read.
   *
   * @param rest bytes that are still to be sent
   */
  private record Copying(SeekableByteChannel channel, long rest) {}

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
    sent.addListener(
        ended -> {
          closeCopied();
          blob.close();
        });
    sendNext();
    return sent;
  }

  private void sendNext() {
    try {
      if (copying.isPresent()) {
        send(copying.get());
        return;
      }
      Optional<Region> region = blob.next();
      if (region.isPresent()) {
        begin(region.get());
      } else {
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, sent);
      }
    } catch (IOException | RuntimeException e) {
      // the client finds out by an end that comes too early: it is told nothing any more
      LOG.log(System.Logger.Level.ERROR, "the sending breaks off: cannot read " + blob, e);
      sent.setFailure(new IOException("a blob cannot be read", e));
    }
  }

  private void sendAfter(Future<?> before) {
    if (before.isSuccess()) {
      sendNext();
    } else {
      sent.setFailure(before.cause());
    }
  }

  private void begin(Region region) throws IOException {
    if (region.channel() instanceof FileChannel file) {
      context.writeAndFlush(content(file, region)).addListener(this::sendAfter);
    } else {
      copying = Optional.of(new Copying(region.channel(), region.count()));
      region.channel().position(region.position());
      sendNext();
    }
  }

  private Object content(FileChannel file, Region region) throws IOException {
    return secure
        ? new ChunkedNioFile(file, region.position(), region.count(), CHUNK)
        : new DefaultFileRegion(file, region.position(), region.count());
  }

  /** The next bytes of a region that has to be read; those behind them wait until they are sent. */
  private void send(Copying region) throws IOException {
    int count = (int) Math.min(region.rest(), COPIED_AT_ONCE);
    ByteBuf bytes = read(region.channel(), count);
    long rest = region.rest() - count;
    if (rest > 0) {
      copying = Optional.of(new Copying(region.channel(), rest));
    } else {
      closeCopied();
    }
    context.writeAndFlush(new DefaultHttpContent(bytes)).addListener(this::sendAfter);
  }

  private ByteBuf read(SeekableByteChannel channel, int count) throws IOException {
    ByteBuf bytes = context.alloc().ioBuffer(count, count);
    try {
      ByteBuffer target = bytes.nioBuffer(0, count);
      while (target.hasRemaining()) {
        if (channel.read(target) < 0) {
          throw new EOFException("a blob is shorter than it was said to be");
        }
      }
      return bytes.writerIndex(count);
    } catch (IOException | RuntimeException e) {
      bytes.release();
      throw e;
    }
  }

  private void closeCopied() {
    copying.ifPresent(
        region -> {
          copying = Optional.empty();
          try {
            region.channel().close();
          } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a file that was read cannot be closed", e);
          }
        });
  }
}
