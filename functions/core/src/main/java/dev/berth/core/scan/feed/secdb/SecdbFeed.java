package dev.berth.core.scan.feed.secdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.feed.BoundedStream;
import dev.berth.core.scan.feed.Compression;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.FeedJson;
import dev.berth.core.scan.feed.FeedLimits;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.core.scan.feed.secdb.SecdbDocument.SecdbPackage;
import dev.berth.core.scan.index.Advisory;
import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.AffectedVersions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The database of one repository of one release.
 *
 * @param release as the document says it: {@code v3.19}
 * @param repository {@code main} or {@code community}
 * @param index of the release
 */
public record SecdbFeed(String name, String release, String repository, String index)
    implements Feed {

  private static final ObjectReader READER = FeedJson.RECORDS.readerFor(SecdbDocument.class);

  /** What is fixed in this version was never vulnerable (aports, "secfixes"). */
  private static final String NEVER_VULNERABLE = "0";

  @Override
  public String location() {
    return "https://secdb.alpinelinux.org/%s/%s.json".formatted(release, repository);
  }

  @Override
  public String group() {
    return index;
  }

  @Override
  public Compression compression() {
    return Compression.NONE;
  }

  @Override
  public long read(InputStream in, FeedTarget target) {
    SecdbDocument document = document(in);
    long rows = 0;
    for (SecdbDocument.Entry entry : document.packages()) {
      rows += take(entry.subject(), target);
    }
    if (rows == 0) {
      throw new FeedException("the document names no fixed vulnerability");
    }
    return document.packages().size();
  }

  private SecdbDocument document(InputStream in) {
    try {
      SecdbDocument document = READER.readValue(new BoundedStream(in, FeedLimits.RECORD, name));
      if (document == null || !document.release().equals(release)) {
        throw new FeedException("distroversion: this is not the database of " + release);
      }
      return document;
    } catch (JsonProcessingException e) {
      throw FeedJson.refusal("the document", e);
    } catch (IOException e) {
      throw new FeedException("the document", e);
    }
  }

  private long take(SecdbPackage subject, FeedTarget target) {
    long rows = 0;
    String place = "package " + FeedLimits.name(subject.name(), "a package");
    for (String version : subject.fixes().keySet()) {
      AffectedVersions versions = versions(FeedLimits.name(version, place));
      for (String name : names(subject.fixes().get(version), place)) {
        target.affected(index, AffectedPackage.of(subject.name(), versions, advisory(name)));
        rows++;
      }
    }
    return rows;
  }

  private static List<String> names(List<String> fixed, String place) {
    if (fixed == null || fixed.contains(null)) {
      throw new FeedException(place + ": a vulnerability is null");
    }
    return fixed.stream().flatMap(SecdbNames::of).distinct().toList();
  }

  private static AffectedVersions versions(String fixed) {
    return fixed.equals(NEVER_VULNERABLE)
        ? AffectedVersions.none()
        : AffectedVersions.before("", fixed);
  }

  private static Advisory advisory(String name) {
    return new Advisory(
        name, List.of(name), Severity.UNDEFINED, "https://security.alpinelinux.org/vuln/" + name);
  }
}
