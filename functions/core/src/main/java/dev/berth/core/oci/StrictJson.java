package dev.berth.core.oci;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON object from UTF-8, within bounds of depth and number of tokens. Two readers of a
 * manifest must not see two different things in it, so a name that occurs twice in an object is
 * refused, and so is anything after the object.
 */
public final class StrictJson {

  static final int MAX_DEPTH = 64;
  static final int MAX_TOKENS = 100_000;
  private static final int MAX_NUMBER_LENGTH = 64;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .build())
                  // a table of names seen before can be made to collide
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private StrictJson() {}

  /**
   * @throws ManifestException if that is not what the bytes are
   */
  public static ObjectNode read(byte[] bytes) {
    if (parse(decode(bytes)) instanceof ObjectNode object) {
      return object;
    }
    throw new ManifestException("the manifest is not a JSON object");
  }

  // Jackson would guess among encodings and let some malformed ones pass
  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ManifestException("the manifest is not valid UTF-8");
    }
  }

  private static JsonNode parse(String text) {
    try {
      return READER.readTree(text);
    } catch (StreamConstraintsException e) {
      throw new ManifestException(
          "the manifest is beyond what is read of JSON: %d levels, %d tokens, numbers of %d characters"
              .formatted(MAX_DEPTH, MAX_TOKENS, MAX_NUMBER_LENGTH));
    } catch (JacksonException e) {
      throw new ManifestException("the manifest is not valid JSON: " + describe(e));
    }
  }

  private static String describe(JacksonException e) {
    String what = ManifestException.quoted(e.getOriginalMessage());
    return e.getLocation() == null
        ? what
        : what
            + " in line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr();
  }
}
