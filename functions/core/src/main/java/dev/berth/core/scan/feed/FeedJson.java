package dev.berth.core.scan.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.core.text.StrictJson;

/** JSON of feeds: only the members that are asked for are read, the others are passed over. */
public final class FeedJson {

  /** For documents of one record. */
  public static final JsonMapper RECORDS =
      mapper(FeedLimits.VALUES)
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** For documents of many records, which are read one by one, each through a RecordParser. */
  public static final JsonMapper DOCUMENTS = mapper(Long.MAX_VALUE);

  private FeedJson() {}

  private static JsonMapper mapper(long tokens) {
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(FeedLimits.DEPTH)
            .maxStringLength(FeedLimits.TEXT)
            .maxNameLength(FeedLimits.NAME)
            .maxTokenCount(tokens)
            .build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(bounds)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    return JsonMapper.builder(factory)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /** The exception of a document that is no JSON, or not what is expected. */
  public static FeedException refusal(String place, JsonProcessingException e) {
    String at = StrictJson.place(e).map(line -> ", " + line).orElse("");
    return new FeedException(place + at, new IllegalArgumentException(e.getOriginalMessage(), e));
  }
}
