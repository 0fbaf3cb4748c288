package dev.berth.registry.scan.layer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.OperatingSystem;
import dev.berth.core.scan.PackageFormat;
import dev.berth.registry.scan.layer.Fact.Database;
import dev.berth.registry.scan.layer.Fact.Link;
import dev.berth.registry.scan.layer.Fact.Release;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Facts as JSON, about 60 bytes a package: the same facts are the same bytes. A package is an array
 * of its name, version, architecture, source name, source version and module; the last three are
 * left out, or empty, where they are its own name and version, and no module.
 */
public final class LayerFactsJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private LayerFactsJson() {}

  public static byte[] write(LayerFacts facts) {
    ObjectNode json = JSON.createObjectNode().put("extractor", LayerFacts.EXTRACTOR);
    ObjectNode files = json.putObject("facts");
    new TreeMap<>(facts.facts()).forEach((path, fact) -> files.set(path, write(fact)));
    new TreeSet<>(facts.removed()).forEach(json.putArray("removed")::add);
    new TreeSet<>(facts.opaque()).forEach(json.putArray("opaque")::add);
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("texts cannot but be written", e);
    }
  }

  /**
   * What {@link #write} wrote; nothing if that was of another version of the extractor.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Optional<LayerFacts> read(byte[] written) {
    try {
      JsonNode json = JSON.readTree(written);
      return json.path("extractor").asInt() == LayerFacts.EXTRACTOR
          ? Optional.of(read(json))
          : Optional.empty();
    } catch (IOException e) {
      throw new IllegalArgumentException("these are no facts of a layer", e);
    }
  }

  private static LayerFacts read(JsonNode json) {
    Map<String, Fact> facts = new HashMap<>();
    json.path("facts")
        .properties()
        .forEach(fact -> facts.put(fact.getKey(), fact(fact.getValue())));
    return new LayerFacts(facts, texts(json.path("removed")), texts(json.path("opaque")));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static ObjectNode write(Fact fact) {
    ObjectNode json = JSON.createObjectNode();
    switch (fact) {
      case Release release ->
          release
              .system()
              .ifPresent(system -> json.put("id", system.id()).put("version", system.version()));
      case Link link -> json.put("link", link.target());
      case Database database -> {
        json.put("format", database.format().name());
        ArrayNode packages = json.putArray("packages");
        database.packages().forEach(installed -> write(installed, packages.addArray()));
      }
    }
    return json;
  }

  private static Fact fact(JsonNode json) {
    if (json.has("link")) {
      return new Link(json.get("link").asText());
    }
    if (json.has("format")) {
      List<InstalledPackage> packages = new ArrayList<>();
      json.path("packages").forEach(installed -> packages.add(installed(installed)));
      return new Database(PackageFormat.valueOf(json.get("format").asText()), packages);
    }
    return new Release(
        json.has("id")
            ? Optional.of(new OperatingSystem(json.get("id").asText(), text(json, "version")))
            : Optional.empty());
  }

  private static String text(JsonNode json, String member) {
    return json.path(member).asText();
  }

  private static void write(InstalledPackage installed, ArrayNode json) {
    String[] fields = {
      installed.name(),
      installed.version(),
      installed.architecture(),
      installed.sourceName().equals(installed.name()) ? "" : installed.sourceName(),
      installed.sourceVersion().equals(installed.version()) ? "" : installed.sourceVersion(),
      installed.module().orElse("")
    };
    int last = fields.length;
    while (fields[last - 1].isEmpty()) {
      last--;
    }
    for (int i = 0; i < last; i++) {
      json.add(fields[i]);
    }
  }

  private static InstalledPackage installed(JsonNode json) {
    String name = json.path(0).asText();
    String version = json.path(1).asText();
    return new InstalledPackage(
        name,
        version,
        json.path(2).asText(),
        textOr(json.path(3), name),
        textOr(json.path(4), version),
        Optional.of(json.path(5).asText()).filter(module -> !module.isEmpty()));
  }

  private static String textOr(JsonNode text, String other) {
    return text.asText().isEmpty() ? other : text.asText();
  }
}
