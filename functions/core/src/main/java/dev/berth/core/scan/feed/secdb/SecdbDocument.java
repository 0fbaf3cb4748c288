package dev.berth.core.scan.feed.secdb;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.berth.core.scan.feed.Absent;
import java.util.List;
import java.util.Map;

/**
 * The document.
 *
 * @param release {@code v3.19}
 */
record SecdbDocument(@JsonProperty("distroversion") String release, List<Entry> packages) {

  /** What wraps each package. */
  record Entry(@JsonProperty("pkg") SecdbPackage subject) {
    Entry {
      subject = subject == null ? new SecdbPackage("", Map.of()) : subject;
    }
  }

  /**
   * @param name of the source package, which is apk's origin
   * @param fixes the vulnerabilities by the version that has their fix
   */
  record SecdbPackage(String name, @JsonProperty("secfixes") Map<String, List<String>> fixes) {
    SecdbPackage {
      name = Absent.text(name);
      fixes = fixes == null ? Map.of() : fixes;
    }
  }

  SecdbDocument {
    release = Absent.text(release);
    packages = Absent.list(packages);
  }
}
