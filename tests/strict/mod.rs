//! A JSON Schema with no room for other fields: whoever validates with a published one lets later
//! fields pass, but a field that is printed must be described.

use serde_json::{Value, json};

pub(crate) fn close(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut() {
        if object.get("properties").is_some_and(Value::is_object) {
            object.insert("additionalProperties".into(), json!(false));
        }
        object.values_mut().for_each(close);
    } else if let Some(items) = schema.as_array_mut() {
        items.iter_mut().for_each(close);
    }
}
