package dev.berth.local.http;

import dev.berth.lambda.http.Handler;
import dev.berth.local.http.Settings.Listener;
import dev.berth.local.http.Settings.Tls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The streaming edge: an HTTP/1.1 server that hands bodies to its handler while they arrive and
 * sends files without copying them. Each request has a virtual thread of its own, which may block.
 */
public final class StreamingServer implements AutoCloseable {

  private final Settings settings;
  private final Service service;
  private final Transport transport;
  private final EventLoopGroup loops;
  private final ChannelGroup listeners = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final Optional<SslContext> tls;

  /**
   * @throws IllegalArgumentException if the certificate or key cannot be read
   */
  public StreamingServer(Settings settings, Handler handler, BlobSource blobs) {
    this(settings, handler, blobs, Transport.ofThisMachine());
  }

  StreamingServer(Settings settings, Handler handler, BlobSource blobs, Transport transport) {
    this.settings = settings;
    this.tls = settings.tls().map(StreamingServer::context);
    this.service = new Service(handler, blobs);
    this.transport = transport;
    this.loops =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("http", true),
            transport.handlers());
  }

  private static SslContext context(Tls tls) {
    try {
      return SslContextBuilder.forServer(tls.certificates().toFile(), tls.key().toFile())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "no certificate chain in %s with its PKCS #8 key in %s: %s"
              .formatted(tls.certificates(), tls.key(), e.getMessage()),
          e);
    }
  }

  /**
   * Listens.
   *
   * @return the addresses with their actual ports, in the order of the settings' listeners
   * @throws BindException if an address cannot be listened on, which the message names; then
   *     nothing listens
   */
  public List<InetSocketAddress> bind() throws BindException {
    var bound = new ArrayList<InetSocketAddress>();
    for (var listener : settings.listeners()) {
      bound.add(bind(listener));
    }
    return List.copyOf(bound);
  }

  private InetSocketAddress bind(Listener listener) throws BindException {
    var future =
        bootstrap(listener).bind(listener.address(), listener.port()).awaitUninterruptibly();
    if (!future.isSuccess()) {
      close();
      throw (BindException)
          new BindException(
                  "cannot listen on %s: %s".formatted(listener, future.cause().getMessage()))
              .initCause(future.cause());
    }
    listeners.add(future.channel());
    return (InetSocketAddress) future.channel().localAddress();
  }

  private ServerBootstrap bootstrap(Listener listener) {
    return new ServerBootstrap()
        .group(loops)
        .channel(transport.listener())
        .option(ChannelOption.SO_BACKLOG, 1024)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(512, 4 * 1024, 128 * 1024).maxMessagesPerRead(2))
        .childHandler(new Connections(listener));
  }

  /** How many are open. */
  int connections() {
    return connections.size();
  }

  /**
   * Listens no more, lets requests under way end within the limit that the settings name, and
   * breaks off those that do not.
   */
  @Override
  public void close() {
    service.close();
    listeners.close().awaitUninterruptibly();
    connections.forEach(channel -> channel.pipeline().get(Connection.class).close());
    long drain = settings.limits().drain().toMillis();
    connections.newCloseFuture().awaitUninterruptibly(drain, TimeUnit.MILLISECONDS);
    connections.close().awaitUninterruptibly();
    service.threads().shutdownNow();
    loops.shutdownGracefully(0, drain, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  /** Sets up what a listener accepts. */
  private final class Connections extends ChannelInitializer<Channel> {

    private final Listener listener;

    Connections(Listener listener) {
      this.listener = listener;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (connections.size() >= settings.limits().connections()) {
        channel.close();
        return;
      }
      connections.add(channel);
      var connection = new Connection(service, listener.registry(), settings.limits());
      tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
      channel.pipeline().addLast(connection.decoder(), new HttpResponseEncoder());
      if (tls.isPresent()) {
        channel.pipeline().addLast(new ChunkedWriteHandler());
      }
      channel.pipeline().addLast(connection);
    }
  }
}
