package dev.berth.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Docker Engine of the test's own, with no network and no state outside its directory. */
final class DockerEngine implements AutoCloseable {

  /** Hides the directories outside its own that dockerd writes to, options or not. */
  private static final String IN_PRIVATE =
      """
      for directory in /etc/docker /opt /run; do
        [ ! -d $directory ] || mount -t tmpfs tmpfs $directory
      done
      exec "$@"
      """;

  private final Path directory;
  private final Daemon daemon;

  private DockerEngine(Path directory, Daemon daemon) {
    this.directory = directory;
    this.daemon = daemon;
  }

  /** Skips the test where an engine cannot be started. */
  static void assumePossible() {
    Programs.assumeInstalled("docker", "dockerd", "unshare");
    Programs.assumeRoot("a Docker Engine of its own");
  }

  static DockerEngine in(Path directory) throws IOException {
    return in(directory, List.of());
  }

  /** One that finds its registries where that host is. */
  static DockerEngine in(Path directory, EcrHost host) throws IOException {
    return in(directory, host.enter());
  }

  private static DockerEngine in(Path directory, List<String> prefix) throws IOException {
    Path socket = directory.resolve("docker.sock");
    Files.createDirectories(directory);
    var words =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-ec",
            IN_PRIVATE,
            "dockerd",
            "dockerd",
            "--data-root=" + directory.resolve("root"),
            "--exec-root=" + directory.resolve("exec"),
            "--pidfile=" + directory.resolve("pid"),
            "--host=unix://" + socket,
            "--storage-driver=vfs",
            "--iptables=false",
            "--ip6tables=false",
            "--bridge=none",
            "--oom-score-adjust=0",
            "--insecure-registry=127.0.0.0/8");
    var all = Stream.concat(prefix.stream(), words.stream()).toList();
    var daemon = Daemon.start(directory.resolve("dockerd.log"), Map.of(), all);
    return new DockerEngine(
        directory, daemon.awaitServing(() -> daemon.log().contains("API listen on")));
  }

  /** A client of this engine. */
  Client client(Path program, Path home) {
    return new Client(
        home, List.of(program.toString(), "--host", "unix://" + directory.resolve("docker.sock")));
  }

  @Override
  public void close() {
    daemon.close();
  }
}
