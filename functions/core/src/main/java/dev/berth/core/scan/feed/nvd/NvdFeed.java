package dev.berth.core.scan.feed.nvd;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.berth.core.scan.feed.BoundedStream;
import dev.berth.core.scan.feed.Compression;
import dev.berth.core.scan.feed.CveNames;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.FeedJson;
import dev.berth.core.scan.feed.FeedLimits;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.core.scan.feed.FeedTime;
import dev.berth.core.scan.feed.RecordParser;
import java.io.IOException;
import java.io.InputStream;

/**
 * The feed of one year. It is to be read after those with advisories: of what none of them names
 * nothing is kept.
 */
public record NvdFeed(String name, String location) implements Feed {

  private static final int FIRST_YEAR = 2002;
  private static final ObjectReader READER = FeedJson.DOCUMENTS.readerFor(NvdCve.Element.class);

  /**
   * @param year from 2002, which has the ones before it too
   */
  public static NvdFeed ofYear(int year) {
    if (year < FIRST_YEAR) {
      throw new IllegalArgumentException("there is no feed of the year " + year);
    }
    return new NvdFeed(
        "nvd-" + year,
        "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-%d.json.gz".formatted(year));
  }

  @Override
  public Compression compression() {
    return Compression.GZIP;
  }

  @Override
  public long read(InputStream in, FeedTarget target) {
    try (JsonParser json =
        FeedJson.DOCUMENTS.createParser(new BoundedStream(in, FeedLimits.FEED, name))) {
      return readDocument(json, target);
    } catch (JsonProcessingException e) {
      throw FeedJson.refusal(name, e);
    } catch (IOException e) {
      throw new FeedException(name, e);
    }
  }

  private long readDocument(JsonParser json, FeedTarget target) throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "this is no JSON object");
    long records = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      if (member.equals("vulnerabilities") && value == JsonToken.START_ARRAY) {
        records += readElements(json, target);
      } else if (member.equals("timestamp") && value == JsonToken.VALUE_STRING) {
        FeedTime.parse(json.getText()).ifPresent(target::updatedAt);
      } else {
        json.skipChildren();
      }
    }
    require(json.nextToken() == null, "there is something behind its end");
    require(records > 0, "it has no vulnerabilities");
    return records;
  }

  private long readElements(JsonParser json, FeedTarget target) throws IOException {
    long records = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String place = "vulnerabilities[%d]".formatted(records);
      NvdCve cve = element(json, place);
      require(CveNames.isCve(cve.id()), place + " has no id of a CVE");
      records++;
      if (!cve.isRejected()) {
        target.details(cve.details());
      }
    }
    return records;
  }

  private static NvdCve element(JsonParser json, String place) throws IOException {
    try {
      NvdCve.Element element = READER.readValue(new RecordParser(json, place));
      require(element != null && element.cve() != null, place + " has no cve");
      return element.cve();
    } catch (JsonProcessingException e) {
      throw FeedJson.refusal(place, e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new FeedException(otherwise);
    }
  }
}
