package dev.berth.core.scan.index;

/**
 * A package that an advisory is about.
 *
 * @param name as the distribution's feed names it: of the source package, or of the binary one
 * @param architectures for which it holds, separated by commas; empty for all
 * @param modules the streams of modular rpms that it is built in, {@code name:stream}, separated by
 *     commas; {@link #ANY_MODULE} where the feed does not say which, empty where it is in none
 * @param flavour of builds that are versioned apart from the others, such as {@code ksplice}; empty
 *     for the ordinary ones
 */
public record AffectedPackage(
    String name,
    AffectedVersions versions,
    String architectures,
    String modules,
    String flavour,
    Advisory advisory) {

  /** In a module, nobody says in which. */
  public static final String ANY_MODULE = "*";

  /** One that is built for all architectures, in no module and in one flavour. */
  public static AffectedPackage of(String name, AffectedVersions versions, Advisory advisory) {
    return new AffectedPackage(name, versions, "", "", "", advisory);
  }
}
