package dev.berth.local.http;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** How sockets are driven: Linux's epoll where its native part is there, else the JDK's NIO. */
record Transport(IoHandlerFactory handlers, Class<? extends ServerChannel> listener) {

  static Transport ofThisMachine() {
    return Epoll.isAvailable()
        ? new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
        : nio();
  }

  static Transport nio() {
    return new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
  }
}
