package dev.berth.lambda.ecr;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_ABSENT;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.berth.lambda.ecr.EcrError.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * The JSON of AWS's JSON 1.1 protocol: members that are not known are ignored, values are never
 * taken for another type, timestamps are seconds with a fraction, what is absent is left out.
 */
final class EcrJson {

  /** The deepest request of the model is a handful of levels. */
  private static final int DEEPEST = 32;

  private static final ObjectMapper MAPPER = mapper();

  /** The same, but for timestamps. */
  private static final ObjectMapper RECORDS =
      MAPPER.copy().registerModule(new SimpleModule().addSerializer(new RecordedTimestamps()));

  private EcrJson() {}

  /**
   * @throws EcrError what the request's own constraints say, else SerializationException
   */
  static <T> T read(byte[] body, Class<T> type) {
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw new Serialization("The request body must be one JSON object.");
      }
      return value;
    } catch (JsonMappingException e) {
      throw refusal(e);
    } catch (JsonProcessingException e) {
      throw broken(e);
    } catch (IOException e) {
      throw new Serialization("The request body is not valid JSON in UTF-8.");
    }
  }

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A response as its record has it: times are in words. */
  static JsonNode recorded(Object response) {
    return RECORDS.valueToTree(response);
  }

  /**
   * For a look at a body that may be no JSON.
   *
   * @throws IOException if not even its encoding can be told
   */
  static JsonParser parser(byte[] body) throws IOException {
    return RECORDS.createParser(body);
  }

  /** Jackson wraps what a constructor of a request throws, and what breaks off inside a member. */
  private static EcrError refusal(JsonMappingException e) {
    return switch (e.getCause()) {
      case EcrError error -> error;
      case StreamReadException syntax -> broken(syntax);
      case null, default -> wrongType(e);
    };
  }

  private static Serialization broken(JsonProcessingException e) {
    String place =
        e.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return new Serialization("The request body is not valid JSON%s.".formatted(place));
  }

  /** Names the member, but not the class that Jackson's own message would name. */
  private static Serialization wrongType(JsonMappingException e) {
    String member =
        e.getPath().stream()
            .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : at.getFieldName())
            .collect(Collectors.joining("."));
    return new Serialization(
        member.isEmpty()
            ? "The request body must be one JSON object."
            : "The value of '%s' has the wrong type or form.".formatted(member));
  }

  private static ObjectMapper mapper() {
    var constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(EcrApi.MAX_BODY)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .addModule(new Jdk8Module())
        .addModule(
            new SimpleModule()
                .addSerializer(new Timestamps())
                .addDeserializer(String.class, new UnicodeText()))
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(LogicalType.Textual, EcrJson::onlyStrings)
        .defaultPropertyInclusion(JsonInclude.Value.construct(NON_ABSENT, NON_ABSENT))
        .build();
  }

  private static void onlyStrings(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  /** Half a surrogate pair can be escaped in JSON, but neither stored nor answered in UTF-8. */
  private static final class UnicodeText extends StringDeserializer {

    @Override
    public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
      String text = super.deserialize(in, context);
      return text.codePoints().anyMatch(UnicodeText::isSurrogate)
          ? (String) context.handleWeirdStringValue(String.class, text, "an unpaired surrogate")
          : text;
    }

    private static boolean isSurrogate(int codePoint) {
      return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
  }

  private static final class RecordedTimestamps extends StdSerializer<Instant> {

    RecordedTimestamps() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(dev.berth.core.audit.Timestamps.inElements(value));
    }
  }

  private static final class Timestamps extends StdSerializer<Instant> {

    Timestamps() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNumber(BigDecimal.valueOf(value.toEpochMilli(), 3));
    }
  }
}
