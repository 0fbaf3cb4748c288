package dev.berth.lambda.ecr;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** ECR's own wire model, for tests where that file is at hand. */
record WireModel(JsonNode root) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "ecr-2015-09-21.json";

  /** That of the nearest directory above this one. */
  static Optional<WireModel> find() {
    return find(FILE).map(WireModel::new);
  }

  /** Skips the test where there is none. */
  static WireModel require() {
    return new WireModel(require(FILE));
  }

  /** A file beside it, as AWS's SDKs have it. Skips the test where there is none. */
  static JsonNode require(String file) {
    return find(file)
        .orElseGet(() -> abort("there is no " + file + " in any directory above this"));
  }

  private static Optional<JsonNode> find(String file) {
    Path path = Path.of("shared", "model", file);
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(path))) {
        return Optional.of(read(at.resolve(path)));
      }
    }
    return Optional.empty();
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of all operations, sorted. */
  List<String> operations() {
    return root.path("operations").propertyStream().map(e -> e.getKey()).sorted().toList();
  }

  /** The name of the shape of an operation's request. */
  String input(String operation) {
    return shapeName(root.at("/operations/" + operation + "/input"));
  }

  /** The name of the shape of an operation's response. */
  String output(String operation) {
    return shapeName(root.at("/operations/" + operation + "/output"));
  }

  /** The errors that an operation is documented to answer. */
  List<String> errors(String operation) {
    return StreamSupport.stream(
            root.at("/operations/" + operation + "/errors").spliterator(), false)
        .map(WireModel::shapeName)
        .toList();
  }

  JsonNode shape(String name) {
    return root.path("shapes").path(name);
  }

  /** The names of the members that a structure must have. */
  List<String> required(String shapeName) {
    return texts(shape(shapeName).path("required"));
  }

  /** The name of a member's shape; empty where the structure has no such member. */
  String memberShape(String shapeName, String member) {
    return shapeName(shape(shapeName).path("members").path(member));
  }

  /** The name of the shape of a list's elements. */
  String elementShape(String shapeName) {
    return shapeName(shape(shapeName).path("member"));
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String shapeName(JsonNode reference) {
    return reference.path("shape").asText();
  }
}
