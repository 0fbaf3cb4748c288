package dev.berth.core.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.core.audit.UserIdentity.Caller;
import dev.berth.core.audit.UserIdentity.Service;
import dev.berth.core.audit.UserIdentity.SessionContext;
import dev.berth.core.audit.UserIdentity.SessionIssuer;
import java.io.IOException;

/** The member userIdentity of a record. */
final class IdentityJson {

  private IdentityJson() {}

  static void write(JsonGenerator json, UserIdentity identity) throws IOException {
    json.writeStartObject();
    switch (identity) {
      case Caller caller -> writeMembers(json, caller);
      case Service service -> writeMembers(json, service);
    }
    json.writeEndObject();
  }

  private static void writeMembers(JsonGenerator json, Service service) throws IOException {
    if (service.accountId().isPresent()) {
      json.writeStringField("accountId", service.accountId().get());
    }
    json.writeStringField("invokedBy", UserIdentity.AWS_INTERNAL);
  }

  private static void writeMembers(JsonGenerator json, Caller caller) throws IOException {
    json.writeStringField("type", caller.type().name());
    json.writeStringField("principalId", caller.principalId());
    json.writeStringField("arn", caller.arn());
    json.writeStringField("accountId", caller.accountId());
    json.writeStringField("accessKeyId", caller.accessKeyId());
    if (caller.userName().isPresent()) {
      json.writeStringField("userName", caller.userName().get());
    }
    if (caller.sessionContext().isPresent()) {
      json.writeFieldName("sessionContext");
      write(json, caller.sessionContext().get());
    }
    if (caller.byService()) {
      json.writeStringField("invokedBy", UserIdentity.AWS_INTERNAL);
    }
  }

  private static void write(JsonGenerator json, SessionContext context) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("sessionIssuer");
    if (context.issuer().isPresent()) {
      writeMembers(json, context.issuer().get());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("webIdFederationData");
    json.writeEndObject();
    json.writeObjectFieldStart("attributes");
    json.writeStringField("mfaAuthenticated", "false");
    json.writeStringField("creationDate", Timestamps.iso(context.creationDate()));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeMembers(JsonGenerator json, SessionIssuer issuer) throws IOException {
    json.writeStringField("type", "Role");
    json.writeStringField("principalId", issuer.principalId());
    json.writeStringField("arn", issuer.arn());
    json.writeStringField("accountId", issuer.accountId());
    json.writeStringField("userName", issuer.userName());
  }
}
