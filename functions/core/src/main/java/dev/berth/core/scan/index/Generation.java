package dev.berth.core.scan.index;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Index files that belong together, and the feeds that they were made from: the manifest.
 *
 * @param createdAt when the files were made
 */
public record Generation(Instant createdAt, List<FeedState> feeds, List<IndexFile> files) {

  private static final int VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  public Generation {
    feeds = List.copyOf(feeds);
    files = List.copyOf(files);
  }

  /** A file by its name. */
  public Optional<IndexFile> file(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** How a feed went into it, by the feed's name. */
  public Optional<FeedState> feed(String name) {
    return feeds.stream().filter(feed -> feed.name().equals(name)).findFirst();
  }

  /** Those with what is known of vulnerabilities. */
  public List<IndexFile> cveFiles() {
    return files.stream().filter(file -> file.kind() == IndexFile.Kind.CVES).toList();
  }

  /**
   * When the newest of the feeds that a file was made from was updated by its source: ECR's
   * vulnerabilitySourceUpdatedAt.
   */
  public Optional<Instant> sourceUpdatedAt(IndexFile file) {
    return feeds.stream()
        .filter(feed -> file.feeds().contains(feed.name()))
        .map(FeedState::sourceUpdatedAt)
        .max(Comparator.naturalOrder());
  }

  /** As JSON. */
  public String json() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("v", VERSION).put("createdAt", createdAt.toString());
    for (FeedState feed : feeds) {
      json.withArray("feeds")
          .addObject()
          .put("name", feed.name())
          .put("fetchedAt", feed.fetchedAt().toString())
          .put("sourceUpdatedAt", feed.sourceUpdatedAt().toString())
          .put("records", feed.records())
          .put("version", feed.version());
    }
    files.forEach(file -> write(file, json.withArray("files").addObject()));
    return json.toString();
  }

  private static void write(IndexFile file, ObjectNode json) {
    json.put("name", file.name())
        .put("kind", file.kind().name())
        .put("entries", file.entries())
        .put("size", file.size());
    file.feeds().forEach(json.withArray("feeds")::add);
  }

  /**
   * @throws InvalidIndexException if the text is not what {@link #json} writes
   */
  public static Generation parse(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node.path("v").asInt() != VERSION) {
        throw new InvalidIndexException("this is no manifest of this format");
      }
      return new Generation(
          instant(node, "createdAt"),
          elements(node.path("feeds")).map(Generation::feed).toList(),
          elements(node.path("files")).map(Generation::file).toList());
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      throw new InvalidIndexException("the manifest cannot be read: " + e.getMessage());
    }
  }

  private static FeedState feed(JsonNode node) {
    return new FeedState(
        node.required("name").asText(),
        instant(node, "fetchedAt"),
        instant(node, "sourceUpdatedAt"),
        node.required("records").asLong(),
        node.path("version").asText());
  }

  private static IndexFile file(JsonNode node) {
    return new IndexFile(
        node.required("name").asText(),
        IndexFile.Kind.valueOf(node.required("kind").asText()),
        node.required("entries").asLong(),
        node.required("size").asLong(),
        elements(node.path("feeds")).map(JsonNode::asText).toList());
  }

  private static Instant instant(JsonNode node, String member) {
    return Instant.parse(node.required(member).asText());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
