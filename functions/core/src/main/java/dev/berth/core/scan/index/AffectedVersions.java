package dev.berth.core.scan.index;

import java.util.Comparator;
import java.util.Optional;

/**
 * Which versions of a package are vulnerable.
 *
 * @param introduced the first one; empty for all from the beginning
 * @param bound what {@code extent} speaks of; empty where it speaks of nothing
 */
public record AffectedVersions(Extent extent, String introduced, String bound) {

  /** How far it goes. The order is part of the format of index files. */
  public enum Extent {
    /** The distribution says that the package is not vulnerable. */
    NONE,
    /** There is no fix. */
    ALL,
    /** All before the bound, which is fixed. */
    BEFORE,
    /** All up to the bound, itself included; no fix is known. */
    UP_TO
  }

  /** None at all: the distribution says so. */
  public static AffectedVersions none() {
    return new AffectedVersions(Extent.NONE, "", "");
  }

  /** All from one on. */
  public static AffectedVersions from(String introduced) {
    return new AffectedVersions(Extent.ALL, introduced, "");
  }

  /** All from one on, before the one that has the fix. */
  public static AffectedVersions before(String introduced, String fixed) {
    return new AffectedVersions(Extent.BEFORE, introduced, fixed);
  }

  /** All from one on, up to another that is vulnerable too. */
  public static AffectedVersions upTo(String introduced, String last) {
    return new AffectedVersions(Extent.UP_TO, introduced, last);
  }

  /** Whether a version is among them, in the order of its package manager. */
  public boolean contains(String version, Comparator<String> order) {
    boolean begun = introduced.isEmpty() || order.compare(version, introduced) >= 0;
    return begun
        && switch (extent) {
          case NONE -> false;
          case ALL -> true;
          case BEFORE -> order.compare(version, bound) < 0;
          case UP_TO -> order.compare(version, bound) <= 0;
        };
  }

  /** The first version that is fixed. */
  public Optional<String> fixed() {
    return extent == Extent.BEFORE ? Optional.of(bound) : Optional.empty();
  }
}
