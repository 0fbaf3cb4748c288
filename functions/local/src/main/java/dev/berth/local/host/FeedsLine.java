package dev.berth.local.host;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.registry.scan.update.FeedNews;

/** News as {@link FeedsCommand} answers it: a line of JSON. */
final class FeedsLine {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().addMixIn(FeedNews.class, Named.class).build();

  private FeedsLine() {}

  /** What each kind of news is called. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "news")
  @JsonSubTypes({
    @Type(value = FeedNews.Planned.class, name = "planned"),
    @Type(value = FeedNews.Reading.class, name = "reading"),
    @Type(value = FeedNews.Imported.class, name = "imported"),
    @Type(value = FeedNews.Kept.class, name = "kept"),
    @Type(value = FeedNews.Failed.class, name = "failed"),
    @Type(value = FeedNews.Ended.class, name = "ended")
  })
  private interface Named {}

  static String write(FeedNews news) {
    try {
      return MAPPER.writerFor(FeedNews.class).writeValueAsString(news);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static FeedNews read(String line) {
    try {
      return MAPPER.readValue(line, FeedNews.class);
    } catch (JsonProcessingException e) {
      throw new SetupException("the host answers what this version does not understand");
    }
  }
}
