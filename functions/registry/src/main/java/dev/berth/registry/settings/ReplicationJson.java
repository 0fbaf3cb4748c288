package dev.berth.registry.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.replication.ReplicationConfiguration;
import java.io.UncheckedIOException;

/** How a replication configuration is written down: as the API's ReplicationConfiguration. */
final class ReplicationJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReplicationJson() {}

  static String write(ReplicationConfiguration configuration) {
    try {
      return MAPPER.writeValueAsString(configuration);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ReplicationConfiguration read(String json) {
    try {
      return MAPPER.readValue(json, ReplicationConfiguration.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
