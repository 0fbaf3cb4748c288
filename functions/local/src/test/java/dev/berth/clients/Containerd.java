package dev.berth.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A containerd of the test's own, with no state outside its directory. */
final class Containerd implements AutoCloseable {

  private final Path socket;
  private final Daemon daemon;

  private Containerd(Path socket, Daemon daemon) {
    this.socket = socket;
    this.daemon = daemon;
  }

  /** Skips the test where it cannot be started. */
  static void assumePossible() {
    Programs.assumeInstalled("containerd", "ctr");
    Programs.assumeRoot("a containerd of its own");
  }

  static Containerd in(Path directory) throws IOException {
    Path socket = directory.resolve("containerd.sock");
    Path configuration =
        Files.writeString(
            directory.resolve("config.toml"),
            """
            version = 2
            root = '%1$s/root'
            state = '%1$s/state'
            disabled_plugins = [
              'io.containerd.grpc.v1.cri',
              'io.containerd.snapshotter.v1.aufs',
              'io.containerd.snapshotter.v1.btrfs',
              'io.containerd.snapshotter.v1.devmapper',
              'io.containerd.snapshotter.v1.zfs',
            ]
            [grpc]
            address = '%2$s'
            [plugins.'io.containerd.internal.v1.opt']
            path = '%1$s/opt'
            """
                .formatted(directory, socket));
    var words = List.of("containerd", "--config", configuration.toString());
    var daemon = Daemon.start(directory.resolve("containerd.log"), Map.of(), words);
    return new Containerd(
        socket, daemon.awaitServing(() -> daemon.log().contains("successfully booted")));
  }

  Client client(Path home) {
    return new Client(home, List.of("ctr", "--address", socket.toString()));
  }

  @Override
  public void close() {
    daemon.close();
  }
}
