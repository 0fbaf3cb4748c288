package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.lambda.Authorizers;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the records of every operation to ECR's own wire model, where that file is at hand. */
@TestInstance(Lifecycle.PER_CLASS)
class ModelTest {

  private static final Map<Class<?>, String> TYPES =
      Map.of(
          String.class, "string",
          Integer.class, "integer",
          int.class, "integer",
          Long.class, "long",
          long.class, "long",
          Boolean.class, "boolean",
          boolean.class, "boolean",
          Double.class, "double",
          Instant.class, "timestamp",
          byte[].class, "blob");

  private final SdkRegistry registry = new SdkRegistry();
  private WireModel model;
  private ModelSamples samples;

  @BeforeAll
  void readModel() {
    model = WireModel.require();
    samples = new ModelSamples(model);
  }

  @AfterAll
  void close() {
    registry.close();
  }

  Stream<Named<Operations.Entry<?, ?>>> operations() {
    return registry.operations.all().stream()
        .filter(operation -> !OwnOperations.has(operation.name()))
        .map(operation -> Named.of(operation.name(), operation));
  }

  Stream<String> missingOperations() {
    return model.operations().stream().filter(name -> registry.operations.find(name).isEmpty());
  }

  @Test
  void everyOperationIsOneOfTheModels() {
    var table = new StringBuilder("| operation | |\n|---|---|\n");
    for (String name : model.operations()) {
      boolean isBuilt = registry.operations.find(name).isPresent();
      table.append("| %s | %s |\n".formatted(name, isBuilt ? "implemented" : "not yet"));
    }
    System.out.println(table);

    assertThat(registry.operations.all())
        .extracting(Operations.Entry::name)
        .allMatch(name -> model.operations().contains(name) || OwnOperations.has(name));
    assertThat(model.operations()).doesNotContainAnyElementsOf(OwnOperations.ERRORS.keySet());
  }

  @ParameterizedTest
  @MethodSource("missingOperations")
  void anOperationThatIsNotBuiltIsUnknown(String name) {
    new RawEcrClient(registry.operations, Authorizers.withoutPolicies())
        .call(name, samples.structure(model.input(name)).toString())
        .isError(404, "UnknownOperationException", "There is no operation '%s'.".formatted(name));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyMemberIsOneOfTheModels(Operations.Entry<?, ?> operation) {
    assertFits(operation.requestType(), model.input(operation.name()));
    assertFits(RecordMembers.responseType(operation.operation()), model.output(operation.name()));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theModelsRequiredMembersAreEnough(Operations.Entry<?, ?> operation) {
    Object request = read(operation, samples.structure(model.input(operation.name())));

    assertThat(request).isInstanceOf(operation.requestType());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void withoutAnyOfTheRequiredMembersARequestIsRefused(Operations.Entry<?, ?> operation) {
    String input = model.input(operation.name());
    for (String required : model.required(input)) {
      ObjectNode request = samples.structure(input);
      request.remove(required);

      assertThatThrownBy(() -> read(operation, request))
          .isInstanceOf(InvalidParameter.class)
          .hasMessageContaining("'" + required + "'")
          .hasMessageContaining("must not be null");
    }
  }

  private void assertFits(Type type, String shapeName) {
    String modelled = model.shape(shapeName).path("type").asText();
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
              .isSubsetOf(WireModel.texts(model.shape(shapeName).path("enum")));
      case Type list when RecordMembers.element(list).isPresent() -> {
        assertThat("list").as(shapeName).isEqualTo(modelled);
        assertFits(RecordMembers.element(list).orElseThrow(), model.elementShape(shapeName));
      }
      case ParameterizedType map when map.getRawType() == Map.class -> {
        assertThat("map").as(shapeName).isEqualTo(modelled);
        assertFits(
            map.getActualTypeArguments()[0], model.shape(shapeName).at("/key/shape").asText());
        assertFits(
            map.getActualTypeArguments()[1], model.shape(shapeName).at("/value/shape").asText());
      }
      default -> assertThat(TYPES.get(type)).as(shapeName).isEqualTo(modelled);
    }
  }

  private void assertMember(RecordComponent member, String shapeName) {
    String name = RecordMembers.name(member);
    String memberShape = model.memberShape(shapeName, name);
    boolean required = model.required(shapeName).contains(name);

    assertThat(memberShape).as("the shape of %s in %s", name, shapeName).isNotEmpty();
    assertThat(required && member.getType() == Optional.class)
        .as("%s of %s is required", name, shapeName)
        .isFalse();
    assertFits(RecordMembers.present(member.getGenericType()), memberShape);
  }

  private static Object read(Operations.Entry<?, ?> operation, ObjectNode request) {
    return EcrJson.read(
        request.toString().getBytes(StandardCharsets.UTF_8), operation.requestType());
  }
}
