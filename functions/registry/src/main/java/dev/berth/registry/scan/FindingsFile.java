package dev.berth.registry.scan;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.match.Attribute;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Findings as bytes: a JSON array in gzip, read from its beginning as far as is asked for. */
final class FindingsFile {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BUFFER = 64 << 10;

  private static final String NAME = "name";
  private static final String SEVERITY = "severity";
  private static final String DESCRIPTION = "description";
  private static final String URI = "uri";
  private static final String ATTRIBUTES = "attributes";

  private FindingsFile() {}

  static byte[] write(List<ScanFinding> findings) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(new GZIPOutputStream(bytes, BUFFER))) {
      json.writeStartArray();
      for (ScanFinding finding : findings) {
        json.writeTree(write(finding));
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot but be written to", e);
    }
    return bytes.toByteArray();
  }

  private static ObjectNode write(ScanFinding finding) {
    ObjectNode json =
        JSON.createObjectNode()
            .put(NAME, finding.name())
            .put(SEVERITY, finding.severity().name())
            .put(DESCRIPTION, finding.description())
            .put(URI, finding.uri());
    ObjectNode attributes = json.putObject(ATTRIBUTES);
    finding.attributes().forEach(attribute -> attributes.put(attribute.key(), attribute.value()));
    return json;
  }

  /**
   * Some of the findings.
   *
   * @param bytes is closed
   * @throws IOException if they are none, or cannot be read
   */
  static List<ScanFinding> read(InputStream bytes, int offset, int limit) throws IOException {
    List<ScanFinding> some = new ArrayList<>();
    try (var in = new GZIPInputStream(bytes, BUFFER);
        MappingIterator<JsonNode> all = JSON.readerFor(JsonNode.class).readValues(in)) {
      for (int i = 0; some.size() < limit && all.hasNextValue(); i++) {
        JsonNode next = all.nextValue();
        if (i >= offset) {
          some.add(read(next));
        }
      }
    }
    return some;
  }

  private static ScanFinding read(JsonNode json) {
    List<Attribute> attributes = new ArrayList<>();
    json.path(ATTRIBUTES)
        .properties()
        .forEach(it -> attributes.add(new Attribute(it.getKey(), it.getValue().asText())));
    return new ScanFinding(
        json.path(NAME).asText(),
        Severity.valueOf(json.path(SEVERITY).asText()),
        json.path(DESCRIPTION).asText(),
        json.path(URI).asText(),
        attributes);
  }
}
