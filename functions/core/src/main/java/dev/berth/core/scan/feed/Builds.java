package dev.berth.core.scan.feed;

import dev.berth.core.scan.index.Advisory;
import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.AffectedVersions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The fixed builds of an advisory's packages: a feed that lists each architecture apart. */
public final class Builds {

  /** What is the same for all architectures. */
  private record Build(String index, String name, String fixed, String modules, String flavour) {}

  private final Map<Build, Set<String>> architectures = new LinkedHashMap<>();

  /**
   * @param architecture empty for all
   */
  public void add(
      String index,
      String name,
      String fixed,
      String modules,
      String flavour,
      String architecture) {
    architectures
        .computeIfAbsent(new Build(index, name, fixed, modules, flavour), _ -> new TreeSet<>())
        .add(architecture);
  }

  /**
   * Hands on a row for each build.
   *
   * @return how many
   */
  public long take(Advisory advisory, FeedTarget target) {
    architectures.forEach(
        (build, of) ->
            target.affected(
                build.index(),
                new AffectedPackage(
                    build.name(),
                    AffectedVersions.before("", build.fixed()),
                    of.contains("") ? "" : String.join(",", of),
                    build.modules(),
                    build.flavour(),
                    advisory)));
    return architectures.size();
  }
}
