package dev.berth.registry.scan.layer;

import dev.berth.core.scan.InstalledPackage;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A layer's facts while they are found. */
final class Gathering {

  /** Of all texts together, with what their objects cost; a distribution's are 1 MB. */
  private static final long MOST_MEMORY = 64 << 20;

  private static final int OBJECTS = 100;

  private final TreeMap<String, Fact> facts = new TreeMap<>();
  private final Set<String> removed = new HashSet<>();
  private final Set<String> opaque = new HashSet<>();
  private long memory;

  TreeMap<String, Fact> facts() {
    return facts;
  }

  void put(String path, Fact fact) {
    spend(path.length() + memory(fact));
    facts.put(path, fact);
  }

  boolean hasBelow(String directory) {
    return !below(facts, directory).isEmpty();
  }

  /** Something else is there now, of which nothing is known. */
  void replace(String path) {
    facts.remove(path);
    below(facts, path).clear();
    remove(path);
  }

  void remove(String path) {
    spend(path.length());
    removed.add(path);
  }

  void hideBelow(String directory) {
    spend(directory.length());
    opaque.add(directory);
  }

  private void spend(long more) {
    memory += more + OBJECTS;
    if (memory > MOST_MEMORY) {
      throw new LayerException(
          "what it says of packages needs more than %d bytes".formatted(MOST_MEMORY));
    }
  }

  private static long memory(Fact fact) {
    return switch (fact) {
      case Fact.Release release -> OBJECTS;
      case Fact.Link link -> link.target().length();
      case Fact.Database database ->
          database.packages().stream().mapToLong(Gathering::memory).sum();
    };
  }

  private static long memory(InstalledPackage installed) {
    return OBJECTS
        + installed.name().length()
        + installed.version().length()
        + installed.architecture().length()
        + installed.sourceName().length()
        + installed.sourceVersion().length()
        + installed.module().map(String::length).orElse(0);
  }

  /** The facts in a directory, and in those below it, as a view. */
  static SortedMap<String, Fact> below(TreeMap<String, Fact> facts, String directory) {
    // 0 comes after the slash
    return directory.isEmpty() ? facts : facts.subMap(directory + "/", directory + "0");
  }

  LayerFacts done() {
    return new LayerFacts(facts, removed, opaque);
  }
}
