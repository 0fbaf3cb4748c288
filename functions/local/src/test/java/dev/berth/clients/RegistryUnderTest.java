package dev.berth.clients;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A registry in a process of its own, served over plain HTTP on a loopback port. */
interface RegistryUnderTest extends AutoCloseable {

  /** Starts the one that the system property {@code berth.clients.registry} names. */
  static RegistryUnderTest start(Path directory) {
    return switch (System.getProperty("berth.clients.registry", "berth")) {
      case "berth" -> Berth.in(directory);
      case "debian" -> DebianRegistry.in(directory);
      case String other ->
          throw new IllegalArgumentException(
              "berth.clients.registry is berth or debian, not " + other);
    };
  }

  /** {@code localhost:<port>}. */
  String host();

  default String user() {
    return "AWS";
  }

  /** Stays valid when the registry is started again. */
  String password();

  /** Makes the repository unless pushes make it by themselves. */
  void createRepository(String name);

  /** What an AWS client needs to call it, its endpoint included; empty without ECR's API. */
  Optional<Map<String, String>> awsEnvironment();

  /** Ends it as a crash would. */
  void kill();

  /** After {@link #kill}: with the same data, at the same address. */
  void startAgain();

  @Override
  void close();
}
