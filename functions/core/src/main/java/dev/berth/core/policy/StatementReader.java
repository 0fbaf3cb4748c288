package dev.berth.core.policy;

import dev.berth.core.policy.PolicyDocument.Version;
import dev.berth.core.policy.condition.Condition;
import dev.berth.core.policy.condition.Template;
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

  private final Dialect dialect;
  private final Version version;

  StatementReader(Dialect dialect, Version version) {
    this.dialect = dialect;
    this.version = version;
  }

  Statement read(PolicyNode statement) {
    Map<String, PolicyNode> elements = statement.members(ELEMENTS);
    Effect effect = effect(statement, elements);
    Optional<Selection<PolicyPrincipal>> principals = dialect.principals(statement, elements);
    if (effect == Effect.ALLOW && principals.filter(Selection::inverted).isPresent()) {
      throw statement.refused("cannot have NotPrincipal with the effect Allow");
    }
    return new Statement(
        Optional.ofNullable(elements.get("Sid")).map(PolicyNode::text),
        effect,
        principals,
        required(statement, elements, "Action", this::actions),
        dialect.resources(statement, elements, version),
        Optional.ofNullable(elements.get("Condition")).map(this::conditions).orElse(List.of()));
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

  private List<ActionPattern> actions(PolicyNode element) {
    return element.oneOrMore().stream().map(dialect::action).toList();
  }

  private List<Condition> conditions(PolicyNode element) {
    List<Condition> conditions = new ArrayList<>();
    element
        .members()
        .forEach(
            (operator, block) ->
                block
                    .members()
                    .forEach(
                        (key, values) ->
                            conditions.add(
                                Condition.of(operator, key(key, values), templates(values))
                                    .orElseThrow(
                                        () -> block.refused("is not a condition operator")))));
    return conditions;
  }

  private static String key(String key, PolicyNode values) {
    if (!CONDITION_KEY.matcher(key).matches()) {
      throw values.refused("is not a condition key");
    }
    return key;
  }

  private List<Template> templates(PolicyNode values) {
    return values.oneOrMore().stream().map(PolicyNode::scalar).map(version::template).toList();
  }
}
