package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the records of every operation to ECR's own wire model, where that file is at hand. */
@TestInstance(Lifecycle.PER_CLASS)
class ModelTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<Class<?>, String> TYPES =
      Map.of(
          String.class, "string",
          Integer.class, "integer",
          Long.class, "long",
          long.class, "long",
          Boolean.class, "boolean",
          boolean.class, "boolean",
          Instant.class, "timestamp",
          byte[].class, "blob");

  /** What meets the constraint of a shape; of any other shape of text, anything does. */
  private static final Map<String, String> SAMPLES =
      Map.of(
          "RepositoryName", "app",
          "Arn", "arn:aws:ecr:us-east-1:123456789012:repository/app",
          "ImageTagMutability", "MUTABLE",
          "UploadId", "00000000-0000-4000-8000-000000000000",
          "LayerDigest", SdkRegistry.MISSING);

  private final SdkRegistry registry = new SdkRegistry();
  private JsonNode model;

  @BeforeAll
  void readModel() throws IOException {
    Path file = Path.of("shared", "model", "ecr-2015-09-21.json");
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(file))) {
        model = JSON.readTree(at.resolve(file).toFile());
        return;
      }
    }
    abort("there is no " + file + " in any directory above this one");
  }

  @AfterAll
  void close() {
    registry.close();
  }

  Stream<Named<Operation<?, ?>>> operations() {
    return registry.operations.all().stream()
        .map(operation -> Named.of(operation.name(), operation));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyMemberIsOneOfTheModels(Operation<?, ?> operation) {
    JsonNode modelled = model.at("/operations/" + operation.name());

    assertFits(operation.requestType(), shapeName(modelled.path("input")));
    assertFits(responseType(operation), shapeName(modelled.path("output")));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theModelsRequiredMembersAreEnough(Operation<?, ?> operation) {
    Object request = read(operation, sample(input(operation)));

    assertThat(request).isInstanceOf(operation.requestType());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void withoutAnyOfTheRequiredMembersARequestIsRefused(Operation<?, ?> operation) {
    for (JsonNode required : shape(input(operation)).path("required")) {
      ObjectNode request = sample(input(operation));
      request.remove(required.asText());

      assertThatThrownBy(() -> read(operation, request))
          .isInstanceOf(InvalidParameter.class)
          .hasMessageContaining("'" + required.asText() + "'")
          .hasMessageContaining("must not be null");
    }
  }

  private void assertFits(Type type, String shapeName) {
    JsonNode shape = shape(shapeName);
    String modelled = shape.path("type").asText();
    switch (type) {
      case Class<?> record when record.isRecord() -> {
        assertThat("structure").as(shapeName).isEqualTo(modelled);
        for (RecordComponent member : record.getRecordComponents()) {
          assertMember(member, shapeName);
        }
      }
      case Class<?> constants when constants.isEnum() ->
          assertThat(Arrays.stream(constants.getEnumConstants()).map(Object::toString))
              .as(shapeName)
              .isSubsetOf(texts(shape.path("enum")));
      case ParameterizedType list when list.getRawType() == List.class -> {
        assertThat("list").as(shapeName).isEqualTo(modelled);
        assertFits(list.getActualTypeArguments()[0], shapeName(shape.path("member")));
      }
      case ParameterizedType map when map.getRawType() == Map.class -> {
        assertThat("map").as(shapeName).isEqualTo(modelled);
        assertFits(map.getActualTypeArguments()[0], shapeName(shape.path("key")));
        assertFits(map.getActualTypeArguments()[1], shapeName(shape.path("value")));
      }
      default -> assertThat(TYPES.get(type)).as(shapeName).isEqualTo(modelled);
    }
  }

  private void assertMember(RecordComponent member, String shapeName) {
    String name = name(member);
    JsonNode modelled = shape(shapeName).path("members").path(name);
    boolean required = texts(shape(shapeName).path("required")).contains(name);

    assertThat(modelled.isMissingNode()).as("%s has no %s", shapeName, name).isFalse();
    assertThat(required && member.getType() == Optional.class)
        .as("%s of %s is required", name, shapeName)
        .isFalse();
    assertFits(present(member.getGenericType()), shapeName(modelled));
  }

  /** Of a member that may be absent, what it is when it is there. */
  private static Type present(Type type) {
    return type instanceof ParameterizedType optional && optional.getRawType() == Optional.class
        ? optional.getActualTypeArguments()[0]
        : type;
  }

  private static String name(RecordComponent member) {
    try {
      JsonProperty renamed =
          member
              .getDeclaringRecord()
              .getDeclaredField(member.getName())
              .getAnnotation(JsonProperty.class);
      return renamed == null ? member.getName() : renamed.value();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static Type responseType(Operation<?, ?> operation) {
    return Arrays.stream(operation.getClass().getGenericInterfaces())
        .map(ParameterizedType.class::cast)
        .findFirst()
        .orElseThrow()
        .getActualTypeArguments()[1];
  }

  private static Object read(Operation<?, ?> operation, ObjectNode request) {
    return EcrJson.read(
        request.toString().getBytes(StandardCharsets.UTF_8), operation.requestType());
  }

  private String input(Operation<?, ?> operation) {
    return shapeName(model.at("/operations/" + operation.name() + "/input"));
  }

  /** A request with what is required and no more. */
  private ObjectNode sample(String shapeName) {
    ObjectNode sample = JSON.createObjectNode();
    for (JsonNode name : shape(shapeName).path("required")) {
      String member = shapeName(shape(shapeName).path("members").path(name.asText()));
      sample.set(name.asText(), sampleValue(member));
    }
    return sample;
  }

  private JsonNode sampleValue(String shapeName) {
    JsonNode shape = shape(shapeName);
    return switch (shape.path("type").asText()) {
      case "structure" -> sample(shapeName);
      case "list" -> JSON.createArrayNode().add(sampleValue(shapeName(shape.path("member"))));
      case "long" -> JSON.getNodeFactory().numberNode(1L);
      case "blob" -> JSON.getNodeFactory().textNode("AA==");
      case "string" -> JSON.getNodeFactory().textNode(SAMPLES.getOrDefault(shapeName, "a"));
      case String other -> throw new AssertionError("no sample of " + shapeName + ": " + other);
    };
  }

  private JsonNode shape(String name) {
    return model.path("shapes").path(name);
  }

  private static String shapeName(JsonNode reference) {
    return reference.path("shape").asText();
  }

  private static List<String> texts(JsonNode array) {
    return JSON.convertValue(
        array.isMissingNode() ? JSON.createArrayNode() : array,
        JSON.getTypeFactory().constructCollectionType(List.class, String.class));
  }
}
