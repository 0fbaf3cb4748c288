package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Asks the host of a data directory, see {@link ControlSocket}. */
record ControlClient(Path directory) {

  /**
   * @param question a command and its arguments
   * @param lines takes the answer's, as they come
   * @throws SetupException if the host cannot be asked, fails or ends before it is done
   */
  void ask(String question, Consumer<String> lines) {
    try (var host =
            SocketChannel.open(UnixDomainSocketAddress.of(DataDirectory.control(directory)));
        var in = new BufferedReader(Channels.newReader(host, UTF_8))) {
      host.write(UTF_8.encode(question + "\n"));
      String line = in.readLine();
      while (line != null && !line.equals(ControlSocket.DONE)) {
        if (line.startsWith(ControlSocket.ERROR)) {
          throw new SetupException(line.substring(ControlSocket.ERROR.length()));
        }
        lines.accept(line);
        line = in.readLine();
      }
      if (line == null) {
        throw new SetupException("the host ended before it was done");
      }
    } catch (IOException e) {
      throw new SetupException(
          "a host uses %s, and cannot be asked (%s)".formatted(directory, e.getMessage()));
    }
  }
}
