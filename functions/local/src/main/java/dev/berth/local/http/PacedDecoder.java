package dev.berth.local.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes requests no faster than they are handled. It holds after the end of each request, so that
 * pipelined ones wait as bytes, and whenever it is told to; a client can thus not make many objects
 * of few bytes.
 */
final class PacedDecoder extends HttpRequestDecoder {

  private static final int REQUEST_LINE = 8 * 1024;
  private static final int HEADER_SECTION = 16 * 1024;
  private static final int CONTENT = 256 * 1024;

  private final Runnable bytesArrived;
  private ChannelHandlerContext context;
  private boolean held;

  /**
   * @param bytesArrived called before bytes are decoded
   */
  PacedDecoder(Runnable bytesArrived) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(REQUEST_LINE)
            .setMaxHeaderSize(HEADER_SECTION)
            .setMaxChunkSize(CONTENT)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true));
    this.bytesArrived = bytesArrived;
  }

  boolean held() {
    return held;
  }

  void hold() {
    held = true;
  }

  /** Goes on with the bytes that are there. Not to be called while it decodes. */
  void resume() throws Exception {
    held = false;
    channelRead(context, Unpooled.EMPTY_BUFFER);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) throws Exception {
    this.context = context;
    super.handlerAdded(context);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (held) {
      return;
    }
    bytesArrived.run();
    super.decode(context, in, out);
    held = !out.isEmpty() && out.getLast() instanceof LastHttpContent;
  }

  /** Netty's own would read on while this holds, and pile up bytes. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    if (held) {
      discardSomeReadBytes();
      context.fireChannelReadComplete();
    } else {
      super.channelReadComplete(context);
    }
  }

  /** Netty's own would drop the bytes that are held when a client ends its side. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      context.fireUserEventTriggered(event);
    } else {
      super.userEventTriggered(context, event);
    }
  }
}
