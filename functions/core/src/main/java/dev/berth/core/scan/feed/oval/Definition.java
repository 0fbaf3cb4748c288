package dev.berth.core.scan.feed.oval;

import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.feed.Builds;
import dev.berth.core.scan.feed.CveNames;
import dev.berth.core.scan.feed.FeedLimits;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.core.scan.feed.FeedXml;
import dev.berth.core.scan.feed.Modules;
import dev.berth.core.scan.feed.SeverityWords;
import dev.berth.core.scan.feed.oval.Criteria.FixedBuild;
import dev.berth.core.scan.index.Advisory;
import dev.berth.core.scan.index.CveDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A definition while it is read. */
final class Definition {

  private final String id;
  private String title = "";
  private String advisory = "";
  private String severity = "";
  private final List<String> names = new ArrayList<>();
  private final List<CveDetails> details = new ArrayList<>();
  private Criteria criteria = Criteria.NONE;

  private Definition(String id) {
    this.id = id;
  }

  /** Reads the element that was just entered. */
  static Definition read(FeedXml xml) {
    Definition definition = new Definition(xml.attribute("id"));
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "metadata" -> definition.readMetadata(xml);
        case "criteria" -> definition.criteria = Criteria.read(xml);
        default -> xml.skip();
      }
    }
    return definition;
  }

  private void readMetadata(FeedXml xml) {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "title" -> title = xml.text();
        case "reference" -> readReference(xml);
        case "advisory" -> readAdvisory(xml);
        default -> xml.skip();
      }
    }
  }

  private void readReference(FeedXml xml) {
    if (xml.attribute("source").equalsIgnoreCase("elsa")) {
      advisory = xml.attribute("ref_id");
    }
    names.add(xml.attribute("ref_id"));
    xml.skip();
  }

  private void readAdvisory(FeedXml xml) {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "severity" -> severity = xml.text();
        case "cve" -> readCve(xml);
        default -> xml.skip();
      }
    }
  }

  /** {@code cvss3}, where there is one, is score and vector: {@code 7.5/CVSS:3.1/AV:N/...}. */
  private void readCve(FeedXml xml) {
    String scored = xml.attribute("cvss3");
    String name = xml.text();
    Optional<Cvss> cvss3 = Cvss.ofVersion3(scored.substring(scored.indexOf('/') + 1));
    names.add(name);
    cvss3.ifPresent(it -> details.add(new CveDetails(name, Optional.empty(), Optional.of(it), "")));
  }

  /**
   * @return how many rows it became: none, if it is about no vulnerability or no known release
   */
  long take(OvalRules rules, FeedTarget target) {
    List<String> cves = FeedLimits.vulnerabilities(CveNames.among(names.stream()), id);
    if (cves.isEmpty()) {
      return 0;
    }
    FeedLimits.name(advisory, id);
    Builds builds = new Builds();
    criteria.builds().forEach(build -> add(build, rules, builds));
    Advisory told =
        new Advisory(advisory, cves, SeverityWords.severity(severity), rules.uri(advisory));
    long rows = builds.take(told, target);
    scores(rows).forEach(target::details);
    return rows;
  }

  private Stream<CveDetails> scores(long rows) {
    return rows == 0 ? Stream.empty() : details.stream().filter(it -> CveNames.isCve(it.cve()));
  }

  private void add(FixedBuild build, OvalRules rules, Builds builds) {
    Criteria.Context context = build.context();
    String name = FeedLimits.name(build.name(), id);
    String version = FeedLimits.name(build.version(), id);
    String flavour = orElse(context.flavour(), rules.flavour(version));
    String modules = orElse(context.module(), Modules.of(title, version));
    rules
        .index(context.release())
        .ifPresent(
            index -> builds.add(index, name, version, modules, flavour, context.architecture()));
  }

  private static String orElse(String text, String other) {
    return text.isEmpty() ? other : text;
  }
}
