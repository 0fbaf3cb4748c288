package dev.berth.local.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** News as {@link LifecycleCommand} answers it: a line of JSON. */
final class LifecycleLine {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private LifecycleLine() {}

  static String write(LifecycleNews news) {
    try {
      return MAPPER.writerFor(LifecycleNews.class).writeValueAsString(news);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static LifecycleNews read(String line) {
    try {
      return MAPPER.readValue(line, LifecycleNews.class);
    } catch (JsonProcessingException e) {
      throw new SetupException("the host answers what this version does not understand");
    }
  }
}
