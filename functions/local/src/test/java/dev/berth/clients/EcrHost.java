package dev.berth.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A loopback network of the test's own in which this machine is Amazon ECR in us-east-1: the names
 * of its registry and its API lead here, and a certificate for them is trusted.
 */
final class EcrHost implements AutoCloseable {

  static final String REGISTRY = Berth.ACCOUNT + ".dkr.ecr.us-east-1.amazonaws.com";

  private static final String API = "api.ecr.us-east-1.amazonaws.com";
  private static final Path TRUSTED = Path.of("/etc/ssl/certs/ca-certificates.crt");
  private static final String ENTER =
      """
      ip link set lo up
      mount --bind "$1/hosts" /etc/hosts
      mount --bind "$1/trusted.pem" "$2"
      echo entered
      exec sleep infinity
      """;

  private final Path directory;
  private final Daemon holder;

  private EcrHost(Path directory, Daemon holder) {
    this.directory = directory;
    this.holder = holder;
  }

  /** Skips the test where it cannot be made. */
  static void assumePossible() {
    Programs.assumeInstalled("unshare", "nsenter", "ip", "openssl");
    Programs.assumeRoot("mount and network namespaces");
    assumeTrue(Files.exists(TRUSTED), () -> "no certificates at " + TRUSTED);
  }

  static EcrHost in(Path directory) throws IOException {
    Files.writeString(
        directory.resolve("hosts"), "127.0.0.1 localhost %s %s\n".formatted(REGISTRY, API));
    makeCertificate(directory);
    Files.writeString(
        directory.resolve("trusted.pem"),
        Files.readString(TRUSTED) + Files.readString(directory.resolve("certificate.pem")));
    var words =
        List.of(
            "unshare",
            "--mount",
            "--net",
            "sh",
            "-ec",
            ENTER,
            "enter",
            directory.toString(),
            TRUSTED.toString());
    var holder = Daemon.start(directory.resolve("namespace.log"), Map.of(), words);
    return new EcrHost(directory, holder.awaitServing(() -> holder.log().contains("entered")));
  }

  private static void makeCertificate(Path directory) {
    Command.in(
            directory,
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=" + Berth.ACCOUNT,
            "-addext",
            "subjectAltName=DNS:localhost,DNS:" + REGISTRY + ",DNS:" + API,
            "-keyout",
            "key.pem",
            "-out",
            "certificate.pem")
        .run();
  }

  Path certificate() {
    return directory.resolve("certificate.pem");
  }

  Path key() {
    return directory.resolve("key.pem");
  }

  /** The words that run the program behind them in that network. */
  List<String> enter() {
    return List.of("nsenter", "--target", "" + holder.pid(), "--mount", "--net");
  }

  @Override
  public void close() {
    holder.close();
  }
}
