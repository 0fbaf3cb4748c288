package dev.berth.local.bus;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.core.text.Excerpt;
import dev.berth.local.bus.Rule.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads a file of rules: a JSON array of {@code {"name", "pattern", "target"}}, where a target is
 * {@code {"url"}}, {@code {"command"}} or {@code {"jar", "handler"}}.
 */
public final class RulesFile {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern DOTS = Pattern.compile("\\.+");
  private static final Pattern HANDLER =
      Pattern.compile("[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*(::handleRequest)?");

  private static final int HIGHEST_PORT = 65_535;

  private final Path file;

  private RulesFile(Path file) {
    this.file = file;
  }

  /**
   * @throws RulesException if it cannot be read, or a rule of it is wrong
   */
  public static List<Rule> read(Path file) {
    return new RulesFile(file.toAbsolutePath()).rules();
  }

  private List<Rule> rules() {
    JsonNode array = json();
    if (!array.isArray()) {
      throw new RulesException(file + ": rules are a JSON array of {name, pattern, target}");
    }
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : array) {
      Rule rule = rule(node, "rule " + (rules.size() + 1));
      if (!names.add(rule.name())) {
        throw wrong("rule " + rule.name(), "there are two of this name");
      }
      rules.add(rule);
    }
    return rules;
  }

  private JsonNode json() {
    try {
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new RulesException(
          "%s: line %d: not JSON: %s".formatted(file, line, Excerpt.of(e.getOriginalMessage())));
    } catch (NoSuchFileException e) {
      throw new RulesException("there is no file " + file);
    } catch (IOException e) {
      throw new RulesException(file + " cannot be read: " + e.getMessage());
    }
  }

  private Rule rule(JsonNode node, String place) {
    if (!node.isObject()) {
      throw wrong(place, "not an object of name, pattern and target");
    }
    String name = text(node, "name", place);
    // it becomes a file's name
    if (!NAME.matcher(name).matches() || DOTS.matcher(name).matches()) {
      throw wrong(place, "name: 1 to 64 letters, digits, '.', '-' and '_', not only dots");
    }
    String named = "rule " + name;
    requireKnown(node, Set.of("name", "pattern", "target"), named);
    return new Rule(name, pattern(node, named), target(node.path("target"), named));
  }

  private String pattern(JsonNode rule, String place) {
    JsonNode pattern = rule.path("pattern");
    if (!pattern.isObject()) {
      throw wrong(place, "pattern: an event pattern is an object");
    }
    try {
      EventMatcher.of(pattern.toString());
      return pattern.toString();
    } catch (IllegalArgumentException e) {
      throw wrong(place, "pattern: " + Excerpt.of(e.getMessage().lines().findFirst().orElse("")));
    }
  }

  private Target target(JsonNode target, String place) {
    if (target.has("url")) {
      requireKnown(target, Set.of("url"), place + ": target");
      return new Target.Url(url(text(target, "url", place), place));
    }
    if (target.has("command")) {
      requireKnown(target, Set.of("command"), place + ": target");
      return new Target.Command(text(target, "command", place));
    }
    if (target.has("jar")) {
      requireKnown(target, Set.of("jar", "handler"), place + ": target");
      return new Target.Function(
          jar(text(target, "jar", place), place), handler(text(target, "handler", place), place));
    }
    throw wrong(place, "target: {\"url\"}, {\"command\"} or {\"jar\", \"handler\"}");
  }

  private URI url(String text, String place) {
    try {
      URI url = URI.create(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean host = url.getHost() != null && url.getPort() <= HIGHEST_PORT;
      if (http && host && url.getUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // told like one of another kind
    }
    throw wrong(place, "url: an http or https URL, without a user");
  }

  /** Beside the file of rules, unless it is absolute. */
  private Path jar(String text, String place) {
    try {
      Path jar = file.resolveSibling(text).normalize();
      if (Files.isReadable(jar) && Files.isRegularFile(jar)) {
        return jar;
      }
    } catch (InvalidPathException e) {
      // told like one that is not there
    }
    throw wrong(place, "jar: there is no file " + Excerpt.of(text));
  }

  private String handler(String text, String place) {
    if (!HANDLER.matcher(text).matches()) {
      throw wrong(place, "handler: the name of a class, such as org.example.Handler");
    }
    return text;
  }

  private String text(JsonNode object, String member, String place) {
    JsonNode value = object.path(member);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw wrong(place, member + ": a text is needed");
    }
    return value.textValue();
  }

  private void requireKnown(JsonNode object, Set<String> known, String place) {
    Set<String> unknown = new TreeSet<>();
    object.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw wrong(place, "unknown member: " + Excerpt.of(String.join(", ", unknown)));
    }
  }

  private RulesException wrong(String place, String what) {
    return new RulesException("%s: %s: %s".formatted(file, place, what));
  }
}
