package dev.berth.registry.scan;

import dev.berth.core.oci.Digest;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.match.Attribute;
import dev.berth.core.scan.match.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A finding as it is kept and told (ECR API, ImageScanFinding).
 *
 * @param description empty where there is none
 * @param uri empty where there is none
 */
public record ScanFinding(
    String name, Severity severity, String description, String uri, List<Attribute> attributes) {

  /** Of an index's findings: the digest of the image that has it. */
  static final String IMAGE = "image_digest";

  /** Worst first, then by name; what is equal by that keeps its order. */
  static final Comparator<ScanFinding> ORDER =
      Comparator.comparing(ScanFinding::severity).thenComparing(ScanFinding::name);

  /** ECR API, AttributeValue. */
  private static final int LONGEST_VALUE = 256;

  public ScanFinding {
    attributes = List.copyOf(attributes);
  }

  static ScanFinding of(Finding finding) {
    return new ScanFinding(
        finding.name(),
        finding.severity(),
        finding.description(),
        finding.uri(),
        finding.attributes().stream().map(ScanFinding::bounded).toList());
  }

  /** What an image says of itself can be of any length. */
  private static Attribute bounded(Attribute attribute) {
    String value = attribute.value();
    return value.length() <= LONGEST_VALUE
        ? attribute
        : new Attribute(attribute.key(), value.substring(0, LONGEST_VALUE));
  }

  /** The same as one of an index. */
  ScanFinding in(Digest image) {
    List<Attribute> more = new ArrayList<>(attributes);
    more.add(new Attribute(IMAGE, image.toString()));
    return new ScanFinding(name, severity, description, uri, more);
  }
}
