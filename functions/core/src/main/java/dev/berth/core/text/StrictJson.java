package dev.berth.core.text;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * JSON of strangers. Two readers of a text must not see two different things in it, so a name that
 * occurs twice in an object is refused, and so is anything behind the value.
 */
public final class StrictJson {

  private StrictJson() {}

  /**
   * The beginning of a mapper that is strict.
   *
   * @param bounds of what is read
   */
  public static JsonMapper.Builder mapper(StreamReadConstraints bounds) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(bounds)
                // a table of names seen before can be made to collide
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** Where the text was refused: {@code line 1, column 7}. */
  public static Optional<String> place(JacksonException e) {
    return Optional.ofNullable(e.getLocation())
        .map(at -> "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
  }
}
