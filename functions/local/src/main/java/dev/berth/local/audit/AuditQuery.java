package dev.berth.local.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.core.audit.RecordsLost;
import java.time.Instant;
import java.util.Optional;

/**
 * Which records are asked for. Those that say that records were lost belong to every repository and
 * account, for nobody knows whose were lost.
 *
 * @param since the earliest time
 * @param repository a name, of any registry
 * @param account of the caller, or of the registry
 */
public record AuditQuery(
    Optional<String> eventName,
    Optional<String> repository,
    Optional<Instant> since,
    Optional<String> account) {

  boolean matches(JsonNode event) {
    return eventName.filter(name -> !name.equals(event.path("eventName").asText())).isEmpty()
        && since
            .filter(time -> Instant.parse(event.path("eventTime").asText()).isBefore(time))
            .isEmpty()
        && (isOfAll(event) || isOfRepository(event) && isOfAccount(event));
  }

  private static boolean isOfAll(JsonNode event) {
    return event.path("eventName").asText().equals(RecordsLost.EVENT);
  }

  private boolean isOfRepository(JsonNode event) {
    return repository.isEmpty()
        || event.at("/serviceEventDetails/repositoryName").asText().equals(repository.get())
        || event.at("/requestParameters/repositoryName").asText().equals(repository.get())
        || hasResource(event, "ARN", ":repository/" + repository.get());
  }

  private boolean isOfAccount(JsonNode event) {
    return account.isEmpty()
        || event.at("/userIdentity/accountId").asText().equals(account.get())
        || event.path("recipientAccountId").asText().equals(account.get())
        || hasResource(event, "accountId", account.get());
  }

  private static boolean hasResource(JsonNode event, String member, String end) {
    for (JsonNode resource : event.path("resources")) {
      if (resource.path(member).asText().endsWith(end)) {
        return true;
      }
    }
    return false;
  }
}
