package dev.berth.core.oci;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.text.StrictJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the JSON object that a manifest is, or another document of an image, from UTF-8, within
 * bounds of depth and number of tokens.
 */
public final class ManifestJson {

  static final int MAX_DEPTH = 64;
  static final int MAX_TOKENS = 100_000;
  private static final int MAX_NUMBER_LENGTH = 64;

  private static final ObjectReader READER =
      StrictJson.mapper(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxTokenCount(MAX_TOKENS)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .build())
          .build()
          .readerFor(JsonNode.class);

  private ManifestJson() {}

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
    return StrictJson.place(e).map(place -> what + " in " + place).orElse(what);
  }
}
