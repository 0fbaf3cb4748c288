package dev.berth.lambda.query;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The XML of the query protocol: an action's answer, or an error's.
 *
 * @param namespace of the API's elements
 */
record QueryXml(String namespace) {

  // the JDK's own, whatever else is on the class path
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  /**
   * @param result empty for an action that answers nothing
   */
  byte[] response(String action, List<Element> result, String requestId) {
    Element metadata = Element.of("ResponseMetadata", Element.of("RequestId", requestId));
    return write(
        result.isEmpty()
            ? Element.of(action + "Response", metadata)
            : Element.of(action + "Response", Element.of(action + "Result", result), metadata));
  }

  byte[] error(QueryError error, String requestId) {
    return write(
        Element.of(
            "ErrorResponse",
            Element.of(
                "Error",
                Element.of("Type", error.status() < 500 ? "Sender" : "Receiver"),
                Element.of("Code", error.code()),
                Element.of("Message", error.getMessage())),
            Element.of("RequestId", requestId)));
  }

  private byte[] write(Element root) {
    var text = new StringWriter();
    try {
      XMLStreamWriter out = FACTORY.createXMLStreamWriter(text);
      out.writeStartElement(root.name());
      out.writeDefaultNamespace(namespace);
      for (Element child : root.children()) {
        write(child, out);
      }
      out.writeEndElement();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot write " + root.name(), e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Element element, XMLStreamWriter out) throws XMLStreamException {
    out.writeStartElement(element.name());
    out.writeCharacters(xml(element.text()));
    for (Element child : element.children()) {
      write(child, out);
    }
    out.writeEndElement();
  }

  /** What XML 1.0 has no way to say becomes a question mark. */
  private static String xml(String text) {
    return text.codePoints()
        .map(c -> isXml(c) ? c : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || c >= 0x10000;
  }
}
