package dev.berth.core.scan.match;

import dev.berth.core.scan.Severity;
import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.distribution.KnownPackage;
import dev.berth.core.scan.index.CveDetails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A vulnerability of a package of an image (ECR API, ImageScanFinding).
 *
 * @param subject the package, by the name and version that the distribution's feed compares
 * @param uri where the distribution tells of it
 * @param fixedVersion in which the package no longer has it, if there is one
 */
public record Finding(
    CveDetails details,
    Severity severity,
    String uri,
    KnownPackage subject,
    Optional<String> fixedVersion) {

  /** Worst first, then by name. */
  static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::name)
          .thenComparing(finding -> finding.subject().name())
          .thenComparing(finding -> finding.subject().version());

  /** The CVE; of an advisory without one, its id. */
  public String name() {
    return details.cve();
  }

  /** Empty where nobody wrote one. */
  public String description() {
    return details.description();
  }

  /**
   * Under the keys that ECR has. The fixed version, which its basic scans do not tell, is under the
   * name that it has in those of Amazon Inspector (VulnerablePackage).
   */
  public List<Attribute> attributes() {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute("package_version", subject.version()));
    attributes.add(new Attribute("package_name", subject.name()));
    details.cvss2().ifPresent(cvss -> add("CVSS2", cvss, attributes));
    details.cvss3().ifPresent(cvss -> add("CVSS3", cvss, attributes));
    fixedVersion.ifPresent(it -> attributes.add(new Attribute("fixed_in_version", it)));
    return List.copyOf(attributes);
  }

  private static void add(String version, Cvss cvss, List<Attribute> attributes) {
    attributes.add(new Attribute(version + "_VECTOR", cvss.vector()));
    attributes.add(new Attribute(version + "_SCORE", cvss.scoreText()));
  }
}
