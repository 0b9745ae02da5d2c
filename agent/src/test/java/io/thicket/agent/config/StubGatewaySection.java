package io.thicket.agent.config;

/** Stands for the gateway package's section. */
final class StubGatewaySection implements ConfigSection<String> {
    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String read(SectionReader reader) {
        reader.text("username");
        reader.path("password_file");
        reader.has("password");
        return reader.text("broker").orElse("tcp://127.0.0.1:1883");
    }

    @Override
    public void write(String value, SectionWriter writer) {
        writer.text("broker", value).secret("password");
    }
}
