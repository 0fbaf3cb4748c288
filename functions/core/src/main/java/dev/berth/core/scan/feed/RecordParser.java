package dev.berth.core.scan.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;

/** Reads one of many records of a document, and no more values than a record has. */
public final class RecordParser extends JsonParserDelegate {

  private final String place;
  private int values;

  /**
   * @param place of the record
   */
  public RecordParser(JsonParser document, String place) {
    super(document);
    this.place = place;
  }

  @Override
  public JsonToken nextToken() throws IOException {
    if (++values > FeedLimits.VALUES) {
      throw new FeedException(
          "%s: there are more than %d values".formatted(place, FeedLimits.VALUES));
    }
    return super.nextToken();
  }
}
