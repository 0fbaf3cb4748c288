package dev.berth.local.http;

import dev.berth.lambda.http.EdgeError;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.local.http.Settings.Limits;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;

/**
 * One client's connection: reads a request at a time, has it answered on a thread of its own, and
 * sends the answer before it looks at the next. All of it runs on the connection's event loop, but
 * for what the request's thread does in {@link Service#answer}.
 */
final class Connection extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = System.getLogger(Connection.class.getName());

  /** A body's rest up to this many bytes is read and dropped; a connection costs more. */
  private static final long SMALL_REST = 64 * 1024;

  private enum Phase {
    /** Waits for the first byte of a request. */
    IDLE,
    /** Waits for the end of a header section. */
    HEAD,
    /** A handler is at work. */
    HANDLING,
    SENDING,
    /** Drops the small rest of an answered request. */
    DRAINING,
    /**
     * Drops what still comes, so that the client can read the answer before the connection ends.
     */
    LINGERING
  }

  private final Service service;
  private final RegistryAddress registry;
  private final Limits limits;
  private final PacedDecoder decoder = new PacedDecoder(this::bytesArrived);
  private final Watch watch;

  private ChannelHandlerContext context;
  private Phase phase = Phase.IDLE;
  private boolean inputEnded;
  private boolean closing;

  private RequestHead head;
  private RequestBody body;
  private boolean awaitsContinue;
  private long received;
  private boolean complete;

  Connection(Service service, RegistryAddress registry, Limits limits) {
    this.service = service;
    this.registry = registry;
    this.limits = limits;
    this.watch = new Watch(limits);
  }

  PacedDecoder decoder() {
    return decoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    enter(Phase.IDLE, limits.header());
    watch.start(context, this::check);
    context.read();
  }

  private void enter(Phase next, Duration limit) {
    phase = next;
    watch.until(limit);
  }

  private void bytesArrived() {
    if (phase == Phase.IDLE) {
      enter(Phase.HEAD, limits.header());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (phase == Phase.LINGERING) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest request) {
      begin(request);
    } else if (message instanceof HttpContent content) {
      receive(content);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest message) {
    complete = false;
    received = 0;
    body = new RequestBody(limits.body(), new Feed());
    try {
      head = RequestHead.of(message);
      awaitsContinue = head.expectsContinue();
      enter(Phase.HANDLING, limits.body());
      service.threads().execute(this::handle);
    } catch (RefusedException e) {
      refuse(e);
    }
  }

  /** On the request's thread. */
  private void handle() {
    var stream = head.hasBody() ? body : InputStream.nullInputStream();
    var peer = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    var request = head.toRequest(registry, stream, peer.getHostAddress(), secure());
    var answer = service.answer(request, body);
    // the event loop may be gone after the connection
    if (context.channel().isActive()) {
      context.executor().execute(() -> answer(answer));
    } else {
      answer.discard();
    }
  }

  private boolean secure() {
    return context.pipeline().get(SslHandler.class) != null;
  }

  private void receive(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      decoder.hold();
      body.fail(new RefusedException(EdgeError.MALFORMED, "the body is not well-formed chunks"));
      return;
    }
    received += content.content().readableBytes();
    if (body.offer(content.content())) {
      decoder.hold();
    }
    if (content instanceof LastHttpContent) {
      complete = true;
      body.end();
      if (phase == Phase.DRAINING) {
        context.executor().execute(this::next);
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    demand();
  }

  private void demand() {
    if (phase == Phase.LINGERING) {
      context.read();
    } else if (!decoder.held()) {
      if (inputEnded) {
        starve();
      } else {
        context.read();
      }
    }
  }

  /** More is needed of a client that has ended its side. */
  private void starve() {
    if (phase == Phase.HANDLING) {
      decoder.hold();
      body.fail(new RefusedException(EdgeError.MALFORMED, "the body ended before its end"));
    } else if (phase != Phase.SENDING) {
      context.close();
    }
  }

  private void resume() {
    try {
      decoder.resume();
    } catch (Exception e) {
      context.fireExceptionCaught(e);
    }
    demand();
  }

  private void answer(Answer answer) {
    if (!context.channel().isActive()) {
      answer.discard();
      return;
    }
    boolean persistent = head.keepsAlive() && !closing && !service.closing() && restIsSmall();
    boolean dropsRest = !complete;
    body.abandon();
    phase = Phase.SENDING;
    watch.output();
    answer
        .write(context, persistent, head.isHttp10())
        .addListener(sent -> sent((ChannelFuture) sent, persistent));
    // a client that still sends may not read before it is done
    if (dropsRest && phase == Phase.SENDING) {
      resume();
    }
  }

  private boolean restIsSmall() {
    return complete
        || !awaitsContinue
            && body.failure().isEmpty()
            && head.contentLength().orElse(Long.MAX_VALUE) - received <= SMALL_REST;
  }

  private void refuse(RefusedException refused) {
    phase = Phase.SENDING;
    watch.output();
    decoder.hold();
    Answer.of(refused.response(), false, UUID.randomUUID().toString())
        .write(context, false, false)
        .addListener(sent -> sent((ChannelFuture) sent, false));
  }

  private void sent(ChannelFuture sent, boolean persistent) {
    if (!sent.isSuccess()) {
      exceptionCaught(context, sent.cause());
    } else if (persistent && complete) {
      next();
    } else if (persistent) {
      enter(Phase.DRAINING, limits.body());
    } else if (complete || inputEnded) {
      context.close();
    } else {
      linger();
    }
  }

  private void next() {
    head = null;
    enter(Phase.IDLE, limits.idle());
    resume();
    if (closing && phase == Phase.IDLE) {
      context.close();
    }
  }

  private void linger() {
    enter(Phase.LINGERING, limits.linger());
    context.pipeline().remove(decoder);
    if (!secure() && context.channel() instanceof DuplexChannel channel) {
      channel.shutdownOutput();
    }
    context.read();
  }

  /** Ends the connection after the request under way, if any. */
  void close() {
    context.executor().execute(this::closeSoon);
  }

  private void closeSoon() {
    closing = true;
    if (phase != Phase.HEAD && phase != Phase.HANDLING && phase != Phase.SENDING) {
      context.close();
    }
  }

  private void check() {
    switch (phase) {
      case IDLE, DRAINING, LINGERING -> {
        if (watch.isOver()) {
          context.close();
        }
      }
      case HEAD -> {
        if (watch.isOver()) {
          refuse(
              new RefusedException(
                  EdgeError.TIMEOUT,
                  "the header section did not arrive in " + limits.header().toSeconds() + " s"));
        }
      }
      case SENDING -> {
        if (watch.outputIsStuck(context)) {
          context.close();
        }
      }
      case HANDLING -> {}
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) {
    if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
      inputEnded = true;
      if (phase == Phase.LINGERING) {
        context.close();
      } else {
        demand();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    watch.stop();
    if (body != null) {
      body.fail(new RefusedException(EdgeError.MALFORMED, "the client broke the connection off"));
      body.abandon();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    boolean theirs = cause instanceof IOException || cause.getCause() instanceof IOException;
    LOG.log(theirs ? Level.DEBUG : Level.ERROR, "a connection failed", cause);
    context.close();
  }

  /** What the body of the request asks for, from the request's thread. */
  private final class Feed implements RequestBody.Feed {

    @Override
    public void begin() {
      if (head.expectsContinue()) {
        context.executor().execute(Connection.this::sendContinue);
      }
    }

    @Override
    public void more() {
      context.executor().execute(Connection.this::resumeBody);
    }
  }

  private void sendContinue() {
    if (awaitsContinue && phase == Phase.HANDLING && !complete) {
      awaitsContinue = false;
      context.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
  }

  private void resumeBody() {
    if (phase == Phase.HANDLING && !complete) {
      resume();
    }
  }
}
