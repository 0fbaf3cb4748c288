package dev.berth.lambda.query;

import dev.berth.core.authz.Principal;
import dev.berth.core.policy.condition.RequestContext;
import dev.berth.core.text.Excerpt;
import dev.berth.lambda.http.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The parameters of an action, or of one structure among them, and who calls it.
 *
 * @param context what is known of the request for the conditions of policies
 * @param path what the parameters' names follow in messages: {@code tags.1.member.} in a structure,
 *     else empty
 */
public record QueryRequest(
    Principal caller, Parameters parameters, RequestContext context, String path) {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");

  public QueryRequest(Principal caller, Parameters parameters, RequestContext context) {
    this(caller, parameters, context, "");
  }

  /** Whose things the caller can see. */
  public String account() {
    return caller.account();
  }

  public Optional<String> optional(String name) {
    return parameters.first(name);
  }

  /**
   * @throws QueryError if the parameter is not there
   */
  public String required(String name) {
    return optional(name)
        .orElseThrow(() -> QueryError.validation("null", member(name), "not be null"));
  }

  /**
   * @param min characters, as {@code max}
   * @throws QueryError if the parameter is not there or not of this length and pattern
   */
  public String text(String name, int min, int max, Pattern pattern) {
    return check(name, required(name), min, max, pattern);
  }

  /** As {@link #text}, but it may be absent. */
  public Optional<String> optionalText(String name, int min, int max, Pattern pattern) {
    return optional(name).map(value -> check(name, value, min, max, pattern));
  }

  /**
   * @throws QueryError if the parameter is there and no whole number within the bounds
   */
  public OptionalInt optionalNumber(String name, int min, int max) {
    Optional<String> value = optional(name);
    return value.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(number(name, value.get(), min, max));
  }

  private int number(String name, String value, int min, int max) {
    if (!NUMBER.matcher(value).matches()) {
      throw refused(name, value, "be a whole number");
    }
    int number = Integer.parseInt(value);
    if (number < min) {
      throw refused(name, value, "have value greater than or equal to " + min);
    }
    if (number > max) {
      throw refused(name, value, "have value less than or equal to " + max);
    }
    return number;
  }

  /**
   * @throws QueryError if the parameter is there and none of these
   */
  public Optional<String> optionalOneOf(String name, List<String> values) {
    optional(name)
        .filter(value -> !values.contains(value))
        .ifPresent(
            value -> {
              throw refused(name, value, "satisfy enum value set: " + values);
            });
    return optional(name);
  }

  /**
   * The texts of a list, {@code TagKeys.member.1} and so on, in the order of their numbers; none
   * where it is absent.
   *
   * @throws QueryError if there are more than {@code most}, or one is not of this length and
   *     pattern
   */
  public List<String> texts(String name, int most, int min, int max, Pattern pattern) {
    List<QueryRequest> members = members(name, most);
    return members.stream().map(member -> member.text("", min, max, pattern)).toList();
  }

  /**
   * The structures of a list, {@code Tags.member.1.Key} and so on, in the order of their numbers;
   * none where it is absent.
   *
   * @throws QueryError if there are more than {@code most}
   */
  public List<QueryRequest> members(String name, int most) {
    List<QueryRequest> members = ListMembers.of(this, name);
    if (members.size() > most) {
      throw refused(name, "...", "have length less than or equal to " + most);
    }
    return members;
  }

  private String check(String name, String value, int min, int max, Pattern pattern) {
    int length = value.codePointCount(0, value.length());
    if (length < min) {
      throw refused(name, value, "have length greater than or equal to " + min);
    }
    if (length > max) {
      throw refused(name, value, "have length less than or equal to " + max);
    }
    if (!pattern.matcher(value).matches()) {
      throw refused(name, value, "satisfy regular expression pattern: " + pattern.pattern());
    }
    return value;
  }

  private QueryError refused(String name, String value, String constraint) {
    return QueryError.validation("'" + Excerpt.of(value) + "'", member(name), constraint);
  }

  /** As messages name it: {@code tags.1.member.key}. */
  String member(String name) {
    return name.isEmpty()
        ? path.substring(0, path.length() - 1)
        : path + Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** Without the values, among which there may be secrets. */
  @Override
  public String toString() {
    return "QueryRequest[%s %s]".formatted(caller.arn(), parameters.values().keySet());
  }
}
