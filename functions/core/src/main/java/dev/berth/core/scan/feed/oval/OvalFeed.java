package dev.berth.core.scan.feed.oval;

import dev.berth.core.scan.feed.Compression;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.core.scan.feed.FeedTime;
import dev.berth.core.scan.feed.FeedXml;
import java.io.InputStream;

/** Definitions of all releases, in one document. */
public record OvalFeed(String name, String location, OvalRules rules) implements Feed {

  @Override
  public Compression compression() {
    return Compression.BZIP2;
  }

  @Override
  public long read(InputStream in, FeedTarget target) {
    long[] counts = new long[2];
    FeedXml.read(in, "oval_definitions", xml -> readRoot(xml, target, counts));
    if (counts[1] == 0) {
      throw new FeedException(
          "none of %d definitions is about a release that is known".formatted(counts[0]));
    }
    return counts[0];
  }

  private void readRoot(FeedXml xml, FeedTarget target, long[] counts) {
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "generator" -> readGenerator(xml, target);
        case "definitions" -> readDefinitions(xml, target, counts);
        default -> xml.skip();
      }
    }
  }

  private static void readGenerator(FeedXml xml, FeedTarget target) {
    while (xml.nextChild()) {
      if (xml.is("timestamp")) {
        FeedTime.parse(xml.text()).ifPresent(target::updatedAt);
      } else {
        xml.skip();
      }
    }
  }

  private void readDefinitions(FeedXml xml, FeedTarget target, long[] counts) {
    while (xml.nextChild()) {
      xml.beginRecord();
      counts[0]++;
      counts[1] += Definition.read(xml).take(rules, target);
    }
  }
}
