package dev.berth.clients;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what clients write for their user out of the real user's directories. */
final class Home {

  private Home() {}

  /** Variables by which the clients find their configuration, caches and temporary files. */
  static Map<String, String> environment(Path home) {
    String directory = home.toAbsolutePath().toString();
    var environment = new TreeMap<>(common(directory));
    if (Programs.isRoot()) {
      // skopeo, buildah and podman keep root's record of blobs seen in /var/lib unless told so
      environment.put("_CONTAINERS_ROOTLESS_UID", "1000");
    }
    return environment;
  }

  private static Map<String, String> common(String directory) {
    return Map.ofEntries(
        Map.entry("HOME", directory),
        Map.entry("TMPDIR", directory),
        Map.entry("XDG_CONFIG_HOME", directory + "/.config"),
        Map.entry("XDG_CACHE_HOME", directory + "/.cache"),
        Map.entry("XDG_DATA_HOME", directory + "/.data"),
        Map.entry("XDG_RUNTIME_DIR", directory),
        Map.entry("DOCKER_CONFIG", directory),
        Map.entry("REGISTRY_AUTH_FILE", directory + "/config.json"),
        Map.entry("AWS_CONFIG_FILE", directory + "/.aws/config"),
        Map.entry("AWS_SHARED_CREDENTIALS_FILE", directory + "/.aws/credentials"),
        Map.entry("AWS_PAGER", ""));
  }
}
