package dev.berth.core.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the statements of one kind of policy. */
final class StatementReader {

  private static final Set<String> ELEMENTS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private static final Pattern CONDITION_KEY = Pattern.compile("[A-Za-z0-9-]+:\\S{1,512}");

  private final ResourceRule resources;

  StatementReader(ResourceRule resources) {
    this.resources = resources;
  }

  /** What a kind of policy takes for the resources of a statement. */
  interface ResourceRule {
    Optional<Selection<ResourcePattern>> read(
        PolicyNode statement, Map<String, PolicyNode> elements);
  }

  Statement read(PolicyNode statement) {
    Map<String, PolicyNode> elements = statement.members(ELEMENTS);
    Effect effect = effect(statement, elements);
    Selection<PolicyPrincipal> principals =
        required(statement, elements, "Principal", PrincipalReader::read);
    if (principals.inverted() && effect == Effect.ALLOW) {
      throw statement.refused("cannot have NotPrincipal with the effect Allow");
    }
    return new Statement(
        Optional.ofNullable(elements.get("Sid")).map(PolicyNode::text),
        effect,
        principals,
        required(statement, elements, "Action", StatementReader::actions),
        resources.read(statement, elements),
        Optional.ofNullable(elements.get("Condition"))
            .map(StatementReader::conditions)
            .orElse(List.of()));
  }

  private static Effect effect(PolicyNode statement, Map<String, PolicyNode> elements) {
    PolicyNode effect = elements.get("Effect");
    if (effect == null) {
      throw statement.refused("must have the element 'Effect'");
    }
    String text = effect.text();
    return effect.require(
        Arrays.stream(Effect.values()).filter(known -> known.toString().equals(text)).findFirst(),
        "Allow or Deny");
  }

  /** An element or its {@code Not} form, one of which must be there, and not both. */
  static <T> Selection<T> required(
      PolicyNode statement,
      Map<String, PolicyNode> elements,
      String name,
      Function<PolicyNode, List<T>> entries) {
    PolicyNode plain = elements.get(name);
    PolicyNode inverted = elements.get("Not" + name);
    if ((plain == null) == (inverted == null)) {
      throw statement.refused(
          "must have one of the elements '%s' and 'Not%s'".formatted(name, name));
    }
    return plain == null
        ? new Selection<>(true, entries.apply(inverted))
        : new Selection<>(false, entries.apply(plain));
  }

  private static List<ActionPattern> actions(PolicyNode element) {
    return element.oneOrMore().stream()
        .map(action -> action.require(ActionPattern.parse(action.text()), "an action of ecr"))
        .toList();
  }

  private static List<Condition> conditions(PolicyNode element) {
    List<Condition> conditions = new ArrayList<>();
    element
        .members()
        .forEach(
            (operator, block) -> {
              ConditionOperator parsed =
                  ConditionOperator.parse(operator)
                      .orElseThrow(() -> block.refused("is not a condition operator"));
              block
                  .members()
                  .forEach((key, values) -> conditions.add(condition(parsed, key, values)));
            });
    return conditions;
  }

  private static Condition condition(ConditionOperator operator, String key, PolicyNode values) {
    if (!CONDITION_KEY.matcher(key).matches()) {
      throw values.refused("is not a condition key");
    }
    return new Condition(
        operator, key, values.oneOrMore().stream().map(PolicyNode::scalar).toList());
  }
}
