package dev.berth.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Debian's {@code docker-registry}: tells whether a failure is the registry's or the client's. */
final class DebianRegistry implements RegistryUnderTest {

  private static final String PASSWORD = "berth";

  /** bcrypt of {@link #PASSWORD} at cost 5. */
  private static final String HTPASSWD =
      "AWS:$2y$05$abcdefghijklmnopqrstuu1gQU7IFz31IXjDlllhYFaxL2KShRPZ2\n";

  private final int port;
  private final RegistryProcess process;

  private DebianRegistry(int port, RegistryProcess process) {
    this.port = port;
    this.process = process;
  }

  static DebianRegistry in(Path directory) {
    Programs.assumeInstalled("docker-registry");
    int port = RegistryProcess.freePort();
    try {
      Files.createDirectories(directory);
      Path users = Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
      Path configuration =
          Files.writeString(
              directory.resolve("config.yml"),
              """
              version: 0.1
              log: {level: error, accesslog: {disabled: true}}
              storage:
                filesystem: {rootdirectory: %s}
                delete: {enabled: true}
              http: {addr: '127.0.0.1:%d', secret: berth}
              auth: {htpasswd: {realm: berth, path: %s}}
              """
                  .formatted(directory.resolve("data"), port, users));
      var words = List.of("docker-registry", "serve", configuration.toString());
      var process =
          new RegistryProcess(
              directory.resolve("registry.log"), Map.of(), words, daemon -> accepts(port));
      return new DebianRegistry(port, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String host() {
    return "localhost:" + port;
  }

  @Override
  public String password() {
    return PASSWORD;
  }

  @Override
  public void createRepository(String name) {
    // a push makes it
  }

  @Override
  public Optional<Map<String, String>> awsEnvironment() {
    return Optional.empty();
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void startAgain() {
    process.start();
  }

  @Override
  public void close() {
    process.close();
  }
}
