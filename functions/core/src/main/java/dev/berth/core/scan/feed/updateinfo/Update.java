package dev.berth.core.scan.feed.updateinfo;

import dev.berth.core.scan.feed.Builds;
import dev.berth.core.scan.feed.CveNames;
import dev.berth.core.scan.feed.FeedLimits;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.core.scan.feed.FeedTime;
import dev.berth.core.scan.feed.FeedXml;
import dev.berth.core.scan.feed.SeverityWords;
import dev.berth.core.scan.index.Advisory;
import java.util.ArrayList;
import java.util.List;

/** An update while it is read. */
final class Update {

  /** A build of a package that has the fix. */
  private record Build(String name, String version, String architecture) {}

  private final long number;
  private final String type;
  private String id = "";
  private String updated = "";
  private String severity = "";
  private final List<String> references = new ArrayList<>();
  private final List<Build> builds = new ArrayList<>();

  private Update(long number, String type) {
    this.number = number;
    this.type = type;
  }

  /** Reads the element that was just entered, the {@code number}th. */
  static Update read(FeedXml xml, long number) {
    Update update = new Update(number, xml.attribute("type"));
    while (xml.nextChild()) {
      update.readMember(xml);
    }
    return update;
  }

  private void readMember(FeedXml xml) {
    switch (xml.name()) {
      case "id" -> id = FeedLimits.name(xml.text(), "update " + number);
      case "severity" -> severity = xml.text();
      case "updated" -> {
        updated = xml.attribute("date");
        xml.skip();
      }
      case "references" -> readReferences(xml);
      case "pkglist" -> readPackages(xml);
      default -> xml.skip();
    }
  }

  private void readReferences(FeedXml xml) {
    while (xml.nextChild()) {
      references.add(xml.attribute("id"));
      xml.skip();
    }
  }

  /** Packages are in collections, and have members of their own. */
  private void readPackages(FeedXml xml) {
    while (xml.nextChild()) {
      if (xml.is("package")) {
        builds.add(build(xml));
        xml.skip();
      } else if (xml.is("collection")) {
        readPackages(xml);
      } else {
        xml.skip();
      }
    }
  }

  private Build build(FeedXml xml) {
    String epoch = xml.attribute("epoch");
    String version = xml.attribute("version") + "-" + xml.attribute("release");
    boolean none = epoch.isEmpty() || epoch.equals("0");
    return new Build(
        FeedLimits.name(xml.attribute("name"), place()),
        FeedLimits.name(none ? version : epoch + ":" + version, place()),
        xml.attribute("arch"));
  }

  private String place() {
    return id.isEmpty() ? "update " + number : id;
  }

  /**
   * @return how many rows it became: none, if it is about no vulnerability
   */
  long take(UpdateInfoFeed feed, FeedTarget target) {
    FeedTime.parse(updated).ifPresent(target::updatedAt);
    FeedLimits.name(id, place());
    List<String> cves = FeedLimits.vulnerabilities(CveNames.among(references.stream()), place());
    if (cves.isEmpty() && !type.equals("security")) {
      return 0;
    }
    Builds fixed = new Builds();
    for (Build build : builds) {
      fixed.add(feed.index(), build.name(), build.version(), "", "", architecture(build));
    }
    List<String> names = cves.isEmpty() ? List.of(id) : cves;
    String uri = feed.uri().apply(id);
    return fixed.take(new Advisory(id, names, SeverityWords.severity(severity), uri), target);
  }

  private static String architecture(Build build) {
    return build.architecture().equals("noarch") ? "" : build.architecture();
  }
}
