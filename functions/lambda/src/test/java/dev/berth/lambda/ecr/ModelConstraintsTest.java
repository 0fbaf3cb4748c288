package dev.berth.lambda.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.lambda.ecr.ConstraintValues.Value;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every constraint of ECR's own wire model against the records of the requests: the value
 * just within it is taken, the one just outside is refused by the member's name.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ModelConstraintsTest {

  /** Members of the model that the requests leave out, and are ignored therefore. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "CreateRepository.imageTagMutabilityExclusionFilters", "later than the guide",
          "PutImageTagMutability.imageTagMutabilityExclusionFilters", "later than the guide");

  /** Values within the model's constraints that are refused nevertheless: how their cases end. */
  private static final Map<String, String> NARROWER =
      Map.of(
          "PutImage.imageTag max 300",
              "a tag has 128 characters at most, says OCI and ECR's own message",
          ".imageStatus enum ARCHIVED", "no image is ever archived",
          ".imageStatus enum ACTIVATING", "no image is ever archived",
          ".imageTagMutability enum IMMUTABLE_WITH_EXCLUSION", "later than the guide",
          ".imageTagMutability enum MUTABLE_WITH_EXCLUSION", "later than the guide",
          ".encryptionType enum KMS_DSSE", "a second layer of KMS is later than the guide");

  /** A value at a place of a request. */
  private record Case(String path, String constraint, JsonNode request) {

    /** The innermost member: the list where the place is one of its elements. */
    String member() {
      String[] names = path.replace("[]", "").split("\\.");
      return names[names.length - 1];
    }

    boolean isNarrower() {
      return NARROWER.keySet().stream().anyMatch(toString()::endsWith);
    }

    @Override
    public String toString() {
      return path + " " + constraint;
    }
  }

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

  List<Named<Operations.Entry<?, ?>>> operations() {
    List<Named<Operations.Entry<?, ?>>> all = new ArrayList<>();
    registry.operations.all().forEach(operation -> all.add(Named.of(operation.name(), operation)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whatDoesNotMeetAConstraintIsRefused(Operations.Entry<?, ?> operation) {
    for (Case outside : cases(operation, ConstraintValues::outside)) {
      assertThatThrownBy(() -> read(operation, outside), outside.toString())
          .isInstanceOf(InvalidParameter.class)
          .hasMessageContaining(outside.member());
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whatJustMeetsAConstraintIsTaken(Operations.Entry<?, ?> operation) {
    for (Case within : cases(operation, ConstraintValues::within)) {
      if (within.isNarrower()) {
        assertThatThrownBy(() -> read(operation, within), "no exception is needed of " + within)
            .isInstanceOf(InvalidParameter.class);
      } else {
        assertThatCode(() -> read(operation, within))
            .as(within.toString())
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void theMembersThatRequestsLeaveOutAreKnown() {
    Set<String> leftOut = new TreeSet<>();
    for (Operations.Entry<?, ?> operation : registry.operations.all()) {
      leftOut(operation.requestType(), model.input(operation.name()), operation.name(), leftOut);
    }

    assertThat(LEFT_OUT.keySet()).containsAll(leftOut);
  }

  private void leftOut(Type type, String shapeName, String path, Set<String> into) {
    if (type instanceof Class<?> record && record.isRecord()) {
      Map<String, Type> members = RecordMembers.of(record);
      for (var modelled : model.shape(shapeName).path("members").properties()) {
        String name = modelled.getKey();
        Optional.ofNullable(members.get(name))
            .ifPresentOrElse(
                member ->
                    leftOut(member, model.memberShape(shapeName, name), path + "." + name, into),
                () -> into.add(path + "." + name));
      }
    }
    RecordMembers.element(type)
        .ifPresent(element -> leftOut(element, model.elementShape(shapeName), path + "[]", into));
  }

  private List<Case> cases(
      Operations.Entry<?, ?> operation, Function<ConstraintValues, List<Value>> values) {
    List<Case> cases = new ArrayList<>();
    collect(
        operation.requestType(),
        model.input(operation.name()),
        operation.name(),
        UnaryOperator.identity(),
        values,
        cases);
    return cases;
  }

  /**
   * @param request makes the whole request of a value at this place
   */
  private void collect(
      Type type,
      String shapeName,
      String path,
      UnaryOperator<JsonNode> request,
      Function<ConstraintValues, List<Value>> values,
      List<Case> into) {
    values
        .apply(new ConstraintValues(model, shapeName))
        .forEach(
            value ->
                into.add(
                    new Case(path + value.at(), value.constraint(), request.apply(value.value()))));
    if (type instanceof Class<?> record && record.isRecord()) {
      RecordMembers.of(record)
          .forEach(
              (name, member) ->
                  collect(
                      member,
                      model.memberShape(shapeName, name),
                      path + "." + name,
                      value -> request.apply(with(shapeName, name, value)),
                      values,
                      into));
    }
    RecordMembers.element(type)
        .ifPresent(
            element ->
                collect(
                    element,
                    model.elementShape(shapeName),
                    path + "[]",
                    value -> request.apply(samples.list(shapeName, 0).add(value)),
                    values,
                    into));
  }

  private ObjectNode with(String shapeName, String member, JsonNode value) {
    return samples.structure(shapeName).set(member, value);
  }

  private static Object read(Operations.Entry<?, ?> operation, Case at) {
    return EcrJson.read(
        at.request().toString().getBytes(StandardCharsets.UTF_8), operation.requestType());
  }
}
